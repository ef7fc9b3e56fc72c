import { wire } from '../../src/app/wire.ts';
import type { Sink } from '../../src/engine/sink.ts';
import type { Source } from '../../src/engine/source.ts';
import type { DnsAnswer, Resolve } from '../../src/sources/dns/question.ts';
import { type Plant, withBindings } from './plant.ts';

/** FM15 */
export const sourceBeforeSink: Plant = {
  name: 'source-before-sink',
  mistake: 'the source is read first, DNS and all, and the sink after it',
  invoke: withBindings((binding, config, reach) => {
    const { source: original } = wire(config, { ...reach, resolve: askedOnce(reach.resolve) });
    let observed: ReturnType<Source['read']> | undefined;
    const sink: Sink = {
      ...binding.sink,
      async read() {
        observed = original.read();
        await observed;
        return binding.sink.read();
      },
    };
    const source: Source = { ...original, read: () => observed ?? original.read() };
    return { ...binding, sink, source };
  }),
};

/** What was asked before the sink was read is not asked again after it: the product's second look would mend some of the harm. */
function askedOnce(resolve: Resolve): Resolve {
  const answers = new Map<string, Promise<DnsAnswer>>();
  return (question) => {
    const key = `${question.type} ${question.name}`;
    const answer = answers.get(key) ?? resolve(question);
    answers.set(key, answer);
    return answer;
  };
}
