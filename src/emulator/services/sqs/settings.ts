import { AwsError } from '../../core/aws-error.ts';
import type { QueueSettings } from '../../world/queues/queue.ts';
import { invalidParameter } from './lookup.ts';

type Attributes = Readonly<Partial<Record<string, string>>>;
type Number = 'delay' | 'visibilityTimeout' | 'retention' | 'receiveWait' | 'maximumMessageSize';

/** What SQS calls a setting, and what it may be; in seconds and bytes. */
export const numbers: Readonly<
  Record<string, { setting: Number; least: number; most: number; byDefault: number }>
> = {
  DelaySeconds: { setting: 'delay', least: 0, most: 900, byDefault: 0 },
  MaximumMessageSize: {
    setting: 'maximumMessageSize',
    least: 1024,
    most: 1_048_576,
    byDefault: 1_048_576,
  },
  MessageRetentionPeriod: { setting: 'retention', least: 60, most: 1_209_600, byDefault: 345_600 },
  ReceiveMessageWaitTimeSeconds: { setting: 'receiveWait', least: 0, most: 20, byDefault: 0 },
  VisibilityTimeout: { setting: 'visibilityTimeout', least: 0, most: 43_200, byDefault: 30 },
};

const kept = ['Policy', 'RedriveAllowPolicy', 'SqsManagedSseEnabled', 'KmsMasterKeyId'];

export const defaultSettings: QueueSettings = {
  ...(Object.fromEntries(
    Object.values(numbers).map(({ setting, byDefault }) => [setting, byDefault]),
  ) as Record<Number, number>),
  redrive: undefined,
  others: new Map([['SqsManagedSseEnabled', 'true']]),
};

/**
 * The settings with these attributes changed; an empty policy takes the policy away.
 *
 * @throws AwsError `InvalidAttributeName` or `InvalidAttributeValue`
 */
export function changeSettings(current: QueueSettings, attributes: Attributes): QueueSettings {
  const changed = { ...current, others: new Map(current.others) };
  for (const [name, value = ''] of Object.entries(attributes)) {
    const number = numbers[name];
    if (number) changed[number.setting] = readNumber(name, value);
    else if (name === 'RedrivePolicy') changed.redrive = readRedrive(value);
    else if (kept.includes(name)) keep(changed.others, name, value);
    else throw new AwsError('InvalidAttributeName', `Unknown Attribute ${name}.`);
  }
  return changed;
}

function readNumber(name: string, value: string): number {
  const { least = 0, most = 0 } = numbers[name] ?? {};
  const number = Number(value);
  if (/^\d+$/.test(value) && number >= least && number <= most) return number;
  throw new AwsError('InvalidAttributeValue', `Invalid value for the parameter ${name}.`);
}

function readRedrive(text: string): QueueSettings['redrive'] {
  if (text === '') return undefined;
  const { deadLetterTargetArn, maxReceiveCount } = parseObject(text);
  const most = Number(maxReceiveCount);
  if (typeof deadLetterTargetArn !== 'string' || !Number.isInteger(most) || most < 1 || most > 1000) {
    throw invalidParameter(
      `Value ${text} for parameter RedrivePolicy is invalid. Reason: give deadLetterTargetArn, and maxReceiveCount from 1 to 1000.`,
    );
  }
  return { deadLetterTargetArn, maxReceiveCount: most };
}

function parseObject(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

function keep(others: Map<string, string>, name: string, value: string): void {
  if (value === '') others.delete(name);
  else others.set(name, value);
}
