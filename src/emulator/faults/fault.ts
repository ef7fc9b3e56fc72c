import { z } from 'zod';

const target = {
  /** Signing name of the service; all where there is none. */
  service: z.string().optional(),
  /** Name of the action, `*` standing for any characters; all where there is none. */
  action: z.string().optional(),
  /** Share of the calls that it strikes, above 0 and up to 1. */
  rate: z.number().gt(0).max(1).default(1),
  /** How often it strikes before it is over; without end where there is none. */
  count: z.int().min(1).optional(),
};

/**
 * What can go wrong with calls:
 * - `throttle`: refused, in the service's own words;
 * - `error`: refused with a code, a message and an HTTP status;
 * - `latency`: answered so many milliseconds of the clock later;
 * - `timeout`: never answered, and without effect;
 * - `timeout-after-effect`: never answered, though it took effect.
 */
export const faultSchema: z.ZodType<Fault> = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('throttle'), ...target }),
  z.strictObject({
    kind: z.literal('error'),
    code: z.string().default('InternalFailure'),
    message: z.string().default('The request processing has failed because of an unknown error.'),
    status: z.int().min(400).max(599).default(500),
    ...target,
  }),
  z.strictObject({ kind: z.literal('latency'), milliseconds: z.number().min(0), ...target }),
  z.strictObject({ kind: z.literal('timeout'), ...target }),
  z.strictObject({ kind: z.literal('timeout-after-effect'), ...target }),
]) as unknown as z.ZodType<Fault>;

interface Target {
  service?: string | undefined;
  action?: string | undefined;
  rate: number;
  count?: number | undefined;
}

export type Fault = Target &
  (
    | { kind: 'throttle' | 'timeout' | 'timeout-after-effect' }
    | { kind: 'error'; code: string; message: string; status: number }
    | { kind: 'latency'; milliseconds: number }
  );

/** A fault as it is asked for: what has a default may be left out. */
export type FaultInput = Partial<Target> &
  (
    | { kind: 'throttle' | 'timeout' | 'timeout-after-effect' }
    | { kind: 'error'; code?: string; message?: string; status?: number }
    | { kind: 'latency'; milliseconds: number }
  );

/** Whether the fault is about calls of this kind. */
export function concerns({ service, action }: Fault, calledService: string, calledAction: string): boolean {
  if (service !== undefined && service !== calledService) return false;
  if (action === undefined) return true;
  const source = action.replace(/[\\^$.|+?()[\]{}]/g, '\\$&').replaceAll('*', '.*');
  return new RegExp(`^${source}$`).test(calledAction);
}
