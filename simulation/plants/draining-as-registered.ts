import { type Plant, withBindings } from './plant.ts';

/** FM9 */
export const drainingAsRegistered: Plant = {
  name: 'draining-as-registered',
  mistake: 'a target that drains counts as registered',
  invoke: withBindings((binding) => ({
    ...binding,
    sink: {
      ...binding.sink,
      async read() {
        const contents = await binding.sink.read();
        const entries = contents.entries.map((entry) =>
          entry.state === 'draining' ? { ...entry, state: 'initial' as const } : entry,
        );
        return { ...contents, entries };
      },
    },
  })),
};
