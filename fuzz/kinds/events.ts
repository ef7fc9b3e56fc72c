import fc from 'fast-check';
import { dispatch } from '../../src/app/dispatch.ts';
import { sync } from '../../src/app/sync.ts';
import type { QueueMessage } from '../../src/aws/queue.ts';
import { isArticleEvent } from '../../src/config/article-fields.ts';
import { expectNoWrite, settled } from '../expect.ts';
import { events as templates } from '../generate/events.ts';
import { garbage } from '../generate/garbage.ts';
import { mutated } from '../generate/mutated.ts';
import type { Kind } from '../kind.ts';

/** Events with a mistake, within their messages' texts too; not the article's, which are a kind of their own. */
const events = fc
  .oneof(
    { weight: 6, arbitrary: fc.oneof(...templates.map((template) => mutated(template))) },
    { weight: 2, arbitrary: fc.oneof(...templates.map(withMutatedTexts)) },
    { weight: 1, arbitrary: garbage },
  )
  .filter((event) => !isArticleEvent(Object(event)));

/** The same, with the mistake in the texts of the records: their JSON is another layer. */
function withMutatedTexts(template: object): fc.Arbitrary<unknown> {
  const text = JSON.stringify(template);
  const inner = /"(?:body|Message)":("(?:[^"\\]|\\.)*")/.exec(text)?.[1];
  if (inner === undefined) return mutated(template);
  return mutated(JSON.parse(JSON.parse(inner))).map((value) =>
    JSON.parse(text.replace(inner, () => layered(value))),
  );
}

function layered(value: unknown): string {
  try {
    return JSON.stringify(JSON.stringify(value) ?? '');
  } catch {
    return '"too deep"';
  }
}

/** Whatever the event, the passes that it starts are of the bindings configured: which are at rest, and stay so. */
export const event: Kind = {
  name: 'event',
  share: 0.25,
  property: (world, tell) => {
    const environment = { ALBRIDGE_CONFIG: JSON.stringify(world.config) };
    return fc.asyncProperty(events, async (given) => {
      world.forget();
      const { bindings } = await sync(given, { ...world.reach, environment });
      tell(`${bindings.length} passes`);
      if (bindings.length > world.config.bindings.length + 1) throw new Error('a binding had two passes');
      expectNoWrite(world);
    });
  },
};

/** The dispatcher sends few messages, each due within two minutes; or refuses its environment. */
export const dispatcher: Kind = {
  name: 'dispatcher',
  share: 0.05,
  property: (world, tell) => {
    const every = fc.oneof(fc.constantFrom('5s', '30s', '1m'), fc.string(), fc.constant(undefined));
    return fc.asyncProperty(events, every, async (given, period) => {
      const sent: QueueMessage[] = [];
      const ended = await settled(
        () =>
          dispatch(given, {
            now: world.clock.now,
            send: async (_queue, messages) => void sent.push(...messages),
            environment: { ALBRIDGE_QUEUE_URL: 'https://sqs/queue', ALBRIDGE_EVERY: period },
          }),
        ['invalid-config'],
      );
      tell('code' in ended ? 'refused' : sent.length > 0 ? 'sent' : 'nothing sent');
      for (const { delay, body } of sent) {
        if (delay < 0 || delay > 120) throw new Error(`a message is delayed by ${delay} s`);
        JSON.parse(body);
      }
    });
  },
};
