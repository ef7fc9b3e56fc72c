import { type Plant, withBindings } from './plant.ts';

/** FM2 */
export const noConfirmation: Plant = {
  name: 'no-confirmation',
  mistake: 'what a listing lacks is taken for gone, without a second look',
  invoke: withBindings((binding) => ({
    ...binding,
    source: {
      ...binding.source,
      confirm: async (addresses) => new Map(addresses.map((address) => [address, 'gone'])),
    },
  })),
};
