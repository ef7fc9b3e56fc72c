import { z } from 'zod';
import { AwsError } from '../core/aws-error.ts';
import type { Random } from '../core/random.ts';
import { concernsCall, concernsDoing, type Doing, isCallFault } from './concerns.ts';
import {
  type CallFault,
  type DoingFault,
  type Fault,
  type FaultInput,
  faultSchema,
  type StateFault,
} from './fault.ts';
import { KeptAnswers } from './kept-answers.ts';

/** A fault that is in force. */
export interface ActiveFault {
  id: string;
  fault: Fault;
  /** How often it has struck. */
  struck: number;
}

/** Puts the world into a faulty state; what it gives ends that. */
export type Begin = (fault: StateFault, over: () => void) => () => void;

/** The faults in force in an account and region. */
export class Faults {
  /** Of reads that may be answered anew with what they were answered before. */
  readonly answers: KeptAnswers = new KeptAnswers();
  readonly #random: Random;
  readonly #begin: Begin;
  readonly #active: Map<string, ActiveFault> = new Map();
  readonly #ends: Map<string, () => void> = new Map();
  #made = 0;

  constructor(random: Random, begin: Begin) {
    this.#random = random;
    this.#begin = begin;
  }

  get active(): ActiveFault[] {
    return [...this.#active.values()];
  }

  /** @throws AwsError `InvalidFault` with everything that is wrong with it */
  add(input: FaultInput): ActiveFault {
    const parsed = faultSchema.safeParse(input);
    if (!parsed.success) throw new AwsError('InvalidFault', z.prettifyError(parsed.error));
    const active = { id: `fault-${++this.#made}`, fault: parsed.data, struck: 0 };
    const { fault, id } = active;
    if (fault.kind === 'dead-node') {
      this.#ends.set(
        id,
        this.#begin(fault, () => this.#end(id)),
      );
      active.struck = 1;
    }
    if (!this.active.some(isStaleRead)) this.answers.clear();
    this.#active.set(id, active);
    return active;
  }

  /**
   * Ends a fault, and gives it.
   *
   * @throws AwsError `FaultNotFound`
   */
  remove(id: string): ActiveFault {
    const fault = this.#active.get(id);
    if (!fault) throw new AwsError('FaultNotFound', `there is no fault '${id}' in force`, 404);
    this.#end(id);
    return fault;
  }

  /** Ends all faults, and gives them. */
  clear(): { faults: ActiveFault[] } {
    const faults = this.active;
    for (const { id } of faults) this.#end(id);
    return { faults };
  }

  /** The faults that strike a call, in the order in which they were added. */
  strike(service: string, action: string): CallFault[] {
    return this.#striking(
      (fault) => isCallFault(fault) && concernsCall(fault, service, action),
    ) as CallFault[];
  }

  /** For how long answers to a read are kept, in milliseconds; 0 where no fault wants them. */
  keptFor(service: string, action: string): number {
    const wanted = this.active.map(({ fault }) =>
      fault.kind === 'stale-read' && concernsCall(fault, service, action) ? fault.staleFor : 0,
    );
    return Math.max(0, ...wanted);
  }

  /** The first fault that strikes something that AWS does by itself. */
  strikeDoing<Kind extends DoingFault['kind']>(
    doing: Doing<Kind>,
  ): Extract<DoingFault, { kind: Kind }> | undefined {
    const [first] = this.#striking((fault) => concernsDoing(fault, doing));
    return first as Extract<DoingFault, { kind: Kind }> | undefined;
  }

  #striking(isConcerned: (fault: Fault) => boolean): Fault[] {
    const striking = this.active.filter(({ fault }) => isConcerned(fault) && this.#isHit(fault));
    for (const active of striking) {
      active.struck++;
      if ('count' in active.fault && active.struck === active.fault.count) this.#end(active.id);
    }
    return striking.map(({ fault }) => fault);
  }

  #isHit(fault: Fault): boolean {
    return !('rate' in fault) || fault.rate === 1 || this.#random() < fault.rate;
  }

  #end(id: string): void {
    this.#active.delete(id);
    const end = this.#ends.get(id);
    this.#ends.delete(id);
    end?.();
  }
}

function isStaleRead({ fault }: ActiveFault): boolean {
  return fault.kind === 'stale-read';
}
