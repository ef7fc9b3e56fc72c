import { type Plant, withBindings } from './plant.ts';

/** FM32 */
export const chunkErrorIgnored: Plant = {
  name: 'chunk-error-ignored',
  mistake: 'additions that failed count as made',
  invoke: withBindings((binding) => ({
    ...binding,
    sink: {
      ...binding.sink,
      async add(addresses) {
        await binding.sink.add(addresses);
        return { addresses, errors: [] };
      },
    },
  })),
};
