import { complete } from '../../src/engine/observation.ts';
import { type Plant, withBindings } from './plant.ts';

/** FM1 */
export const unknownAsEmpty: Plant = {
  name: 'unknown-as-empty',
  mistake: 'a source that does not know is taken for one that has no addresses',
  invoke: withBindings((binding) => ({
    ...binding,
    source: {
      ...binding.source,
      async read() {
        const observed = await binding.source.read();
        return observed.kind === 'unknown' ? complete([]) : observed;
      },
    },
  })),
};
