import type { BindingConfig } from '../config/config.ts';
import { emf } from './metrics.ts';

/** Published where messages came too late, with the dimension `Binding`. */
export const ticksDropped = { name: 'TicksDropped', unit: 'Count' } as const;

/** The lines of the log about messages that came too late to be of use: one to read, and a metric of each binding. */
export function lateMessageLines(
  count: number,
  { bindings, now }: { bindings: readonly BindingConfig[]; now: number },
): string[] {
  const line = JSON.stringify({
    timestamp: new Date(now).toISOString(),
    level: 'warn',
    message: `${count} late ${count === 1 ? 'message' : 'messages'} dropped`,
    dropped: count,
  });
  const values = [{ ...ticksDropped, value: count }];
  return [line, ...bindings.map(({ name }) => emf(name, { timestamp: now, values }))];
}
