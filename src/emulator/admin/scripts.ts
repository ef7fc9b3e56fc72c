import { z } from 'zod';
import type { Clock, Timer } from '../clock/clock.ts';
import { AwsError } from '../core/aws-error.ts';
import type { Cell } from '../core/cell.ts';
import type { AdminRequest } from './actions.ts';

const event = z.strictObject({
  at: z.number().min(0),
  request: z.string().regex(/^(POST|PUT|DELETE) \S+$/),
  body: z.unknown().optional(),
});

const script = z.strictObject({ events: z.array(event).min(1) });

/** Something that happens to the world, at its time. */
export interface ScriptEvent {
  /** Milliseconds of the clock after the script's start. */
  at: number;
  /** A method, and what follows `/_emulator/` in the path: `POST load-balancers/web/scale`. */
  request: string;
  /** The body of that request. */
  body?: unknown;
}

export interface PlayedEvent extends ScriptEvent {
  state: 'waiting' | 'done' | 'failed' | 'cancelled';
  /** What the request answered, or why it failed. */
  outcome?: unknown;
}

export interface Script {
  id: string;
  events: PlayedEvent[];
}

/** Performs one event of a script. */
type Perform = (cell: Cell, request: AdminRequest) => Promise<object>;

/** Scripts of events: what happens to the world from then on, each event at its time on the clock. */
export class Scripts {
  readonly #clock: Clock;
  readonly #perform: Perform;
  readonly #scripts: Map<string, { script: Script; timers: Timer[] }> = new Map();
  #started = 0;

  constructor(clock: Clock, perform: Perform) {
    this.#clock = clock;
    this.#perform = perform;
  }

  /** @throws AwsError `InvalidScript` */
  start(cell: Cell, input: unknown): Script {
    const parsed = script.safeParse(input);
    if (!parsed.success) {
      throw new AwsError(
        'InvalidScript',
        `the body must be {"events": [{"at": milliseconds, "request": "POST load-balancers/web/scale", "body": {…}}]}: ${parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ')}`,
      );
    }
    const events = parsed.data.events.map((read): PlayedEvent => ({ ...read, state: 'waiting' }));
    const started: Script = { id: `script-${++this.#started}`, events };
    const timers = events.map((next) => this.#clock.after(next.at, () => void this.#play(cell, next)));
    this.#scripts.set(started.id, { script: started, timers });
    return started;
  }

  /** @throws AwsError `ScriptNotFound` (404) */
  find(id: string): Script {
    return this.#held(id).script;
  }

  /**
   * Nothing of it happens from now on.
   *
   * @throws AwsError `ScriptNotFound` (404)
   */
  cancel(id: string): Script {
    const { script: cancelled, timers } = this.#held(id);
    for (const timer of timers) timer.cancel();
    for (const one of cancelled.events) if (one.state === 'waiting') one.state = 'cancelled';
    return cancelled;
  }

  close(): void {
    for (const id of this.#scripts.keys()) this.cancel(id);
  }

  async #play(cell: Cell, played: PlayedEvent): Promise<void> {
    const [method = '', path = ''] = played.request.split(' ');
    try {
      played.outcome = await this.#perform(cell, { method, path, body: () => played.body });
      played.state = 'done';
    } catch (error) {
      played.outcome = error instanceof Error ? error.message : String(error);
      played.state = 'failed';
    }
  }

  #held(id: string): { script: Script; timers: Timer[] } {
    const held = this.#scripts.get(id);
    if (held) return held;
    const known = [...this.#scripts.keys()].join(', ');
    throw new AwsError('ScriptNotFound', `there is no script '${id}'; there are: ${known || 'none'}`, 404);
  }
}
