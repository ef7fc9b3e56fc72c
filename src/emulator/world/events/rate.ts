import { AwsError } from '../../core/aws-error.ts';

const unitMs: Readonly<Record<string, number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/**
 * Period of a schedule, in milliseconds: `rate(1 minute)`, `rate(5 hours)`. EventBridge takes the singular for one
 * and the plural for more, and nothing else.
 *
 * @throws AwsError `ValidationException`
 */
export function parseRate(expression: string): number {
  if (/^cron\(.*\)$/.test(expression)) {
    throw new AwsError(
      'ValidationException',
      `${expression} is not run by this local AWS, which knows rate expressions only: rate(1 minute)`,
    );
  }
  const [, digits = '', unit = '', plural] = /^rate\((\d+) (minute|hour|day)(s?)\)$/.exec(expression) ?? [];
  const [count, period] = [Number(digits), unitMs[unit]];
  if (!count || period === undefined || (count === 1) !== (plural === '')) {
    throw new AwsError('ValidationException', 'Parameter ScheduleExpression is not valid.');
  }
  return count * period;
}
