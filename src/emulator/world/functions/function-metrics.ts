import { distributionOf } from '../metrics/distribution.ts';
import type { Datum } from '../metrics/metrics.ts';

interface Measured {
  functionName: string;
  timestamp: number;
}

/** An invocation that ran; AWS dates it by its start. */
export function invocationMetrics(
  of: Measured,
  { failed, durationMs }: { failed: boolean; durationMs: number },
): Datum[] {
  return [
    datum(of, 'Invocations', 1),
    datum(of, 'Errors', Number(failed)),
    datum(of, 'Throttles', 0),
    datum(of, 'Duration', durationMs, 'Milliseconds'),
  ];
}

/** One that did not, as too many ran. */
export function throttleMetrics(of: Measured): Datum[] {
  return [datum(of, 'Throttles', 1)];
}

function datum(
  { functionName, timestamp }: Measured,
  name: string,
  value: number,
  unit: 'Count' | 'Milliseconds' = 'Count',
): Datum {
  return {
    namespace: 'AWS/Lambda',
    name,
    dimensions: { FunctionName: functionName },
    unit,
    timestamp,
    values: distributionOf([value]),
  };
}
