import { z } from 'zod';
import { AwsError } from '../core/aws-error.ts';
import type { Random } from '../core/random.ts';
import { concerns, type Fault, type FaultInput, faultSchema } from './fault.ts';

/** A fault that is in force. */
export interface ActiveFault {
  id: string;
  fault: Fault;
  /** How often it has struck. */
  struck: number;
}

/** The faults in force in an account and region. */
export class Faults {
  readonly #random: Random;
  readonly #active: Map<string, ActiveFault> = new Map();
  #made = 0;

  constructor(random: Random) {
    this.#random = random;
  }

  get active(): ActiveFault[] {
    return [...this.#active.values()];
  }

  /** @throws AwsError `InvalidFault` with everything that is wrong with it */
  add(input: FaultInput): ActiveFault {
    const parsed = faultSchema.safeParse(input);
    if (!parsed.success) throw new AwsError('InvalidFault', z.prettifyError(parsed.error));
    const active = { id: `fault-${++this.#made}`, fault: parsed.data, struck: 0 };
    this.#active.set(active.id, active);
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
    this.#active.delete(id);
    return fault;
  }

  /** Ends all faults, and gives them. */
  clear(): { faults: ActiveFault[] } {
    const faults = this.active;
    this.#active.clear();
    return { faults };
  }

  /** The faults that strike a call, in the order in which they were added. */
  strike(service: string, action: string): Fault[] {
    const striking = this.active.filter(
      ({ fault }) => concerns(fault, service, action) && (fault.rate === 1 || this.#random() < fault.rate),
    );
    for (const active of striking) {
      active.struck++;
      if (active.struck === active.fault.count) this.#active.delete(active.id);
    }
    return striking.map(({ fault }) => fault);
  }
}
