import { type Reach, wire } from '../../src/app/wire.ts';
import type { BindingConfig } from '../../src/config/config.ts';
import type { Sink } from '../../src/engine/sink.ts';
import type { Source } from '../../src/engine/source.ts';
import type { DnsAnswer, Resolve } from '../../src/sources/dns/question.ts';
import { type Plant, withBindings } from './plant.ts';

/** FM15 */
export const sourceBeforeSink: Plant = {
  name: 'source-before-sink',
  mistake: 'the source is read first, DNS and all, and the sink after it',
  invoke: withBindings((binding, config, reach) => {
    const source = readFirst(config, reach);
    const sink: Sink = {
      ...binding.sink,
      async read() {
        await source.read();
        return binding.sink.read();
      },
    };
    return { ...binding, sink, source };
  }),
};

/** By run and binding: several sinks have one source, which is read once for all. */
const sources = new WeakMap<Reach, Map<BindingConfig, Source>>();

function readFirst(config: BindingConfig, reach: Reach): Source {
  const ofRun = sources.get(reach) ?? new Map<BindingConfig, Source>();
  sources.set(reach, ofRun);
  const known = ofRun.get(config);
  if (known) return known;
  const { source } = wire(config, { ...reach, resolve: askedOnce(reach.resolve) });
  let observed: ReturnType<Source['read']> | undefined;
  const read: Source['read'] = () => {
    observed ??= source.read();
    return observed;
  };
  const first: Source = { ...source, read };
  ofRun.set(config, first);
  return first;
}

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
