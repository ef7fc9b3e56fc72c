import { type Plant, withBindings } from './plant.ts';

/** FM13, FM22 */
export const foreignRulesRevoked: Plant = {
  name: 'foreign-rules-revoked',
  mistake: 'rules without the mark of the binding are treated as its own',
  invoke: withBindings((binding) => ({
    ...binding,
    sink: {
      ...binding.sink,
      async read() {
        const contents = await binding.sink.read();
        return { ...contents, entries: contents.entries.map(({ foreign: _, ...entry }) => entry) };
      },
    },
  })),
};
