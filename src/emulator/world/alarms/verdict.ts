import type { StateValue } from '@aws-sdk/client-cloudwatch';
import type { TreatMissingData } from './alarm.ts';

/** One period of the metric: the value of the alarm's statistic, or nothing. */
export interface Datapoint {
  /** Start of the period, in milliseconds since the epoch. */
  at: number;
  value: number | undefined;
}

export interface RealDatapoint extends Datapoint {
  value: number;
}

export interface Question {
  isBreaching(value: number): boolean;
  /** N */
  evaluationPeriods: number;
  /** M */
  datapointsToAlarm: number;
  treatMissingData: TreatMissingData;
}

export interface Verdict {
  /** Undefined where the state stays as it is. */
  state: StateValue | undefined;
  /** The values that decided, the latest last. */
  considered: readonly RealDatapoint[];
  /** How many periods had to be filled in as the alarm says. */
  filled: number;
}

/**
 * What the periods of the evaluation range, the latest last, say of an alarm's state. Missing ones are filled in only
 * as far as there are fewer values than evaluation periods, by CloudWatch's tables:
 *
 * | 3 of 3    | missing           | ignore | breaching | notBreaching |
 * |-----------|-------------------|--------|-----------|--------------|
 * | 0 - X - X | OK                | OK     | OK        | OK           |
 * | 0 - - - - | OK                | OK     | OK        | OK           |
 * | - - - - - | INSUFFICIENT_DATA | stays  | ALARM     | OK           |
 * | 0 X X - X | ALARM             | ALARM  | ALARM     | ALARM        |
 * | - - X - - | ALARM             | stays  | ALARM     | OK           |
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html
 */
export function judge(range: readonly Datapoint[], question: Question): Verdict {
  const { evaluationPeriods, datapointsToAlarm, isBreaching } = question;
  const considered = range.filter(isReal).slice(-evaluationPeriods);
  const breaching = considered.filter(({ value }) => isBreaching(value)).length;
  const filled = evaluationPeriods - considered.length;
  const verdict = (state: StateValue | undefined): Verdict => ({ state, considered, filled });
  if (breaching >= datapointsToAlarm) return verdict('ALARM');
  if (filled === 0 || question.treatMissingData === 'notBreaching') return verdict('OK');
  if (question.treatMissingData === 'breaching') {
    return verdict(breaching + filled >= datapointsToAlarm ? 'ALARM' : 'OK');
  }
  if (breaching < considered.length) return verdict('OK');
  if (question.treatMissingData === 'ignore') return verdict(undefined);
  return verdict(withOnlyBreaching(range, datapointsToAlarm));
}

/**
 * Where all there is breaches, and more is missing: an alarm only if it began so long ago that no value to come could
 * have prevented it. Whether the state stays as it is until then is inferred: AWS says only that it is not ALARM.
 */
function withOnlyBreaching(range: readonly Datapoint[], datapointsToAlarm: number): StateValue | undefined {
  const oldest = range.findIndex(isReal);
  if (oldest < 0) return 'INSUFFICIENT_DATA';
  return range.length - oldest >= datapointsToAlarm ? 'ALARM' : undefined;
}

function isReal(datapoint: Datapoint): datapoint is RealDatapoint {
  return datapoint.value !== undefined;
}
