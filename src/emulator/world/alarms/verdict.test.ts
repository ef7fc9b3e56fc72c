import { describe, expect, it } from 'vitest';
import type { TreatMissingData } from './alarm.ts';
import { judge } from './verdict.ts';

const treatments: TreatMissingData[] = ['missing', 'ignore', 'breaching', 'notBreaching'];

/** A row of CloudWatch's own tables: X breaches, 0 does not, - is missing; `stays` is no verdict. */
interface Row {
  range: string;
  of: [datapointsToAlarm: number, evaluationPeriods: number];
  filled: number;
  want: [missing: string, ignore: string, breaching: string, notBreaching: string];
}

const rows: Row[] = [
  { range: '0 - X - X', of: [3, 3], filled: 0, want: ['OK', 'OK', 'OK', 'OK'] },
  { range: '0 - - - -', of: [3, 3], filled: 2, want: ['OK', 'OK', 'OK', 'OK'] },
  { range: '- - - - -', of: [3, 3], filled: 3, want: ['INSUFFICIENT_DATA', 'stays', 'ALARM', 'OK'] },
  { range: '0 X X - X', of: [3, 3], filled: 0, want: ['ALARM', 'ALARM', 'ALARM', 'ALARM'] },
  { range: '- - X - -', of: [3, 3], filled: 2, want: ['ALARM', 'stays', 'ALARM', 'OK'] },
  { range: '0 - X - X', of: [2, 3], filled: 0, want: ['ALARM', 'ALARM', 'ALARM', 'ALARM'] },
  { range: '0 0 X 0 X', of: [2, 3], filled: 0, want: ['ALARM', 'ALARM', 'ALARM', 'ALARM'] },
  { range: '0 - X - -', of: [2, 3], filled: 1, want: ['OK', 'OK', 'ALARM', 'OK'] },
  { range: '- - - - 0', of: [2, 3], filled: 2, want: ['OK', 'OK', 'ALARM', 'OK'] },
  { range: '- - - X -', of: [2, 3], filled: 2, want: ['ALARM', 'stays', 'ALARM', 'OK'] },
  // Below the tables: no alarm yet, as the next value may be a good one.
  { range: '- - - - X', of: [3, 3], filled: 2, want: ['stays', 'stays', 'ALARM', 'OK'] },
  { range: '- - - X -', of: [3, 3], filled: 2, want: ['stays', 'stays', 'ALARM', 'OK'] },
  // Older ones than count are not looked at.
  { range: 'X X 0 X X', of: [3, 3], filled: 0, want: ['OK', 'OK', 'OK', 'OK'] },
  { range: 'X X 0 0 0', of: [1, 3], filled: 0, want: ['OK', 'OK', 'OK', 'OK'] },
];

const values: Readonly<Record<string, number | undefined>> = { X: 5, '0': 1, '-': undefined };

describe.each(rows)('$of of $range', ({ range, of, filled, want }) => {
  const [datapointsToAlarm, evaluationPeriods] = of;
  const datapoints = range.split(' ').map((mark, at) => ({ at, value: values[mark] }));

  it.each(treatments.map((treatMissingData, index) => ({ treatMissingData, state: want[index] })))(
    'treats missing data as $treatMissingData: $state',
    ({ treatMissingData, state }) => {
      const verdict = judge(datapoints, {
        isBreaching: (value) => value > 3,
        evaluationPeriods,
        datapointsToAlarm,
        treatMissingData,
      });
      expect(verdict.state ?? 'stays').toBe(state);
      expect(verdict.filled).toBe(filled);
    },
  );
});
