import { noFates } from '../../src/engine/fate.ts';
import type { Outcome } from '../../src/engine/outcome.ts';
import { plan, unconfirmed } from '../../src/engine/plan.ts';
import { type Binding, reconcile } from '../../src/engine/reconcile.ts';
import { type Plant, withBindings } from './plant.ts';

/** FM7 */
export const deregisterFirst: Plant = {
  name: 'deregister-first',
  mistake: 'what is to go is removed before what is to come is added',
  invoke: withBindings((binding) => binding, oneAfterAnother),
};

async function oneAfterAnother(bindings: readonly Binding[]): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const binding of bindings) outcomes.push(await removalsFirst(binding));
  return outcomes;
}

/** The removals of a pass, and then the pass itself, which has only the additions left to do. */
async function removalsFirst(binding: Binding): Promise<Outcome> {
  const { sink, source, policy } = binding;
  try {
    const current = await sink.read();
    const observed = await source.read();
    if (observed.kind === 'unknown') return await reconcile(binding);
    const draft = unconfirmed(plan({ observed, current, policy, fates: noFates }));
    const fates = draft.length > 0 ? await source.confirm(draft, observed) : noFates;
    const { remove } = plan({ observed, current, policy, fates });
    if (remove.length > 0) await sink.remove(remove.map(({ entry }) => entry));
  } catch {
    // The pass itself will meet the same, and tell.
  }
  return reconcile(binding);
}
