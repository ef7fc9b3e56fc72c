import { z } from 'zod';

const occurrence = {
  /** Share of the occasions that it strikes, above 0 and up to 1. */
  rate: z.number().gt(0).max(1).default(1),
  /** How often it strikes before it is over; without end where there is none. */
  count: z.int().min(1).optional(),
};

const call = {
  /** Signing name of the service; all where there is none. */
  service: z.string().optional(),
  /** Name of the action, `*` standing for any characters; all where there is none. */
  action: z.string().optional(),
  ...occurrence,
};

const milliseconds = z.number().min(0);

/**
 * What can go wrong. With calls:
 * - `throttle`: refused, in the service's own words;
 * - `error`: refused with a code, a message and an HTTP status;
 * - `latency`: answered so many milliseconds of the clock later;
 * - `timeout`: never answered, and without effect;
 * - `timeout-after-effect`: never answered, though it took effect;
 * - `stale-read`: a read is answered as the same read was before, up to `staleFor` milliseconds ago;
 * - `partial-answer`: of each list in a read's answer, a share is left out;
 * - `short-page`: a page of a list holds at most so many, and has a token for the rest.
 *
 * With what AWS does by itself, in a rule, a queue or a function whose name is like the one given (`*` standing for any
 * characters), or in all:
 * - `missed-schedule`: a rule does not fire;
 * - `late-schedule`: it fires so many milliseconds late;
 * - `duplicate-event`: an event reaches a rule's targets twice, a message is received twice;
 * - `killed-function`: an invocation's process is killed, after so many milliseconds of the clock, or at its nth call
 *   of AWS, before the call takes effect or after it.
 *
 * And from now on, for so long, or until the fault is taken back:
 * - `dead-node`: what has an address answers nobody.
 */
export const faultSchema: z.ZodType<Fault> = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('throttle'), ...call }),
  z.strictObject({
    kind: z.literal('error'),
    code: z.string().default('InternalFailure'),
    message: z.string().default('The request processing has failed because of an unknown error.'),
    status: z.int().min(400).max(599).default(500),
    ...call,
  }),
  z.strictObject({ kind: z.literal('latency'), milliseconds, ...call }),
  z.strictObject({ kind: z.literal('timeout'), ...call }),
  z.strictObject({ kind: z.literal('timeout-after-effect'), ...call }),
  z.strictObject({ kind: z.literal('stale-read'), staleFor: z.number().gt(0), ...call }),
  z.strictObject({ kind: z.literal('partial-answer'), share: z.number().gt(0).max(1), ...call }),
  z.strictObject({ kind: z.literal('short-page'), most: z.int().min(1).default(5), ...call }),
  z.strictObject({ kind: z.literal('missed-schedule'), rule: z.string().optional(), ...occurrence }),
  z.strictObject({
    kind: z.literal('late-schedule'),
    rule: z.string().optional(),
    milliseconds,
    ...occurrence,
  }),
  z.strictObject({
    kind: z.literal('duplicate-event'),
    rule: z.string().optional(),
    queue: z.string().optional(),
    ...occurrence,
  }),
  z.strictObject({
    kind: z.literal('killed-function'),
    function: z.string().optional(),
    milliseconds: milliseconds.optional(),
    call: z.int().min(1).optional(),
    afterEffect: z.boolean().default(false),
    ...occurrence,
  }),
  z.strictObject({ kind: z.literal('dead-node'), address: z.ipv4(), milliseconds: milliseconds.optional() }),
]) as unknown as z.ZodType<Fault>;

interface Occurrence {
  rate: number;
  count?: number | undefined;
}

interface CallTarget extends Occurrence {
  service?: string | undefined;
  action?: string | undefined;
}

export type CallFault = CallTarget &
  (
    | { kind: 'throttle' | 'timeout' | 'timeout-after-effect' }
    | { kind: 'error'; code: string; message: string; status: number }
    | { kind: 'latency'; milliseconds: number }
    | { kind: 'stale-read'; staleFor: number }
    | { kind: 'partial-answer'; share: number }
    | { kind: 'short-page'; most: number }
  );

/** Strikes what AWS does by itself. */
export type DoingFault = Occurrence &
  (
    | { kind: 'missed-schedule'; rule?: string | undefined }
    | { kind: 'late-schedule'; rule?: string | undefined; milliseconds: number }
    | { kind: 'duplicate-event'; rule?: string | undefined; queue?: string | undefined }
    | ({ kind: 'killed-function'; function?: string | undefined } & Death)
  );

/** When an invocation's process is killed: at once where nothing is said. */
export interface Death {
  milliseconds?: number | undefined;
  /** Its nth call of AWS. */
  call?: number | undefined;
  /** Whether that call takes effect. */
  afterEffect: boolean;
}

export interface StateFault {
  kind: 'dead-node';
  address: string;
  milliseconds?: number | undefined;
}

export type Fault = CallFault | DoingFault | StateFault;

type Input<F> = F extends unknown
  ? Omit<F, 'rate' | Defaulted> & Partial<Pick<F, keyof F & ('rate' | Defaulted)>>
  : never;
type Defaulted = 'code' | 'message' | 'status' | 'most' | 'afterEffect';

/** A fault as it is asked for: what has a default may be left out. */
export type FaultInput = Input<Fault>;
