import type { Sink } from '../../src/engine/sink.ts';
import type { Source } from '../../src/engine/source.ts';
import { type Plant, withBindings } from './plant.ts';

/** FM15 */
export const sourceBeforeSink: Plant = {
  name: 'source-before-sink',
  mistake: 'the source is read first, and the sink after it',
  invoke: withBindings((binding) => {
    let observed: ReturnType<Source['read']> | undefined;
    const sink: Sink = {
      ...binding.sink,
      async read() {
        observed = binding.source.read();
        await observed;
        return binding.sink.read();
      },
    };
    const source: Source = { ...binding.source, read: () => observed ?? binding.source.read() };
    return { ...binding, sink, source };
  }),
};
