import fc from 'fast-check';
import { sync } from '../../src/app/sync.ts';
import { expectNoRemoval, settled } from '../expect.ts';
import { mutated } from '../generate/mutated.ts';
import type { Kind } from '../kind.ts';

/** The article's event, which brings a binding of its own; and the same fields in the environment. */
export const article: Kind = {
  name: 'article',
  share: 0.1,
  property: (world, tell) => {
    const template = { targetPort: '80', albDescription: world.web, nlbTargetGroupArn: world.groupArn };
    const values = mutated(template);
    return fc.asyncProperty(values, fc.boolean(), async (value, isEvent) => {
      world.forget();
      const environment = isEvent ? { ALBRIDGE_CONFIG: JSON.stringify(world.config) } : textsOf(value);
      const options = { ...world.reach, environment };
      const ended = await settled(
        () => sync(isEvent ? value : {}, options),
        ['invalid-config', 'bindings-failed'],
      );
      tell('code' in ended ? ended.code : 'taken, or passed over');
      expectNoRemoval(world);
    });
  },
};

/** An environment holds texts alone. */
function textsOf(value: unknown): Record<string, string> {
  const entries = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  return Object.fromEntries(
    entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}
