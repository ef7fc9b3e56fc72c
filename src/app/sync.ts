import type { BindingConfig } from '../config/config.ts';
import { loadConfig, type ReadParameters, remarksOn } from '../config/load-config.ts';
import type { Address } from '../engine/address.ts';
import { AlbridgeError } from '../engine/errors.ts';
import { classify } from './events/classify.ts';
import { concerned } from './events/concerned.ts';
import type { Trigger } from './events/trigger.ts';
import { lateMessageLines } from './late-messages.ts';
import { type RunOptions, run, throwIfFailed } from './run.ts';
import { type ToldOnce, toldOnce } from './told-once.ts';

export interface SyncOptions extends RunOptions {
  environment: Readonly<Record<string, string | undefined>>;
  /** What was told about the environment, kept from invocation to invocation. @default nothing yet */
  toldOnce?: ToldOnce;
  /** Reads the parameters under the path in `ALBRIDGE_CONFIG_PARAMETERS`. @default none can be read */
  readParameters?: ReadParameters;
}

/** What an invocation answers, for whoever invokes by hand. */
export interface SyncSummary {
  bindings: { binding: string; added: readonly Address[]; removed: readonly Address[] }[];
}

/**
 * One invocation of the `sync` function: one pass of the bindings that the event or the environment describes, however
 * many messages the event brings. All are attempted; then it throws if any failed.
 */
export async function sync(event: unknown, options: SyncOptions): Promise<SyncSummary> {
  const { environment, readParameters = noParameters } = options;
  const { bindings } = await loadConfig(event, environment, readParameters);
  const now = options.now();
  tellOfEnvironment(options);
  const triggers = classify(event);
  const inTime = triggers.filter((trigger) => !isLate(trigger, now));
  const late = triggers.length - inTime.length;
  if (late > 0) for (const line of lateMessageLines(late, { bindings, now })) options.write(line);
  const outcomes = await run({ bindings: asked(bindings, inTime) }, options);
  throwIfFailed(outcomes);
  return {
    bindings: outcomes.map(({ binding, added, removed }) => ({
      binding,
      added,
      removed: removed.map(({ address }) => address),
    })),
  };
}

function tellOfEnvironment({ environment, now, write, toldOnce: news = toldOnce() }: SyncOptions): void {
  const timestamp = new Date(now()).toISOString();
  for (const remark of news(remarksOn(environment))) write(JSON.stringify({ timestamp, ...remark }));
}

async function noParameters(path: string): Promise<never> {
  const message = `parameters cannot be read here, got '${path}' in ALBRIDGE_CONFIG_PARAMETERS; set ALBRIDGE_CONFIG`;
  throw new AlbridgeError('parameters-unread', message);
}

/** What waited in the queue for too long is not made up for: the schedule has gone on since. */
function isLate(trigger: Trigger, now: number): boolean {
  return 'expires' in trigger && trigger.expires < now;
}

/** Each binding that one of the triggers asks for, once. */
function asked(bindings: readonly BindingConfig[], triggers: readonly Trigger[]): BindingConfig[] {
  const wanted = new Set(triggers.flatMap((trigger) => concerned(bindings, trigger)));
  return bindings.filter((binding) => wanted.has(binding));
}
