import { expect, it } from 'vitest';
import { run } from '../../src/app/run.ts';
import { type Invoke, isCommand, withBindings, withClients, withInput } from '../plants/plant.ts';
import { simulate } from '../simulate.ts';

/** Takes strangers for the source's own. */
const keepsStrangers = withBindings((binding) => ({
  ...binding,
  source: {
    ...binding.source,
    async confirm(addresses, observed) {
      const fates = await binding.source.confirm(addresses, observed);
      return new Map(
        [...fates].map(([address, fate]) => [address, fate === 'reassigned' ? 'in-service' : fate]),
      );
    },
  },
}));

/** Gives up its lock when it is done: a run that is killed never does. */
function holdsLock(): Invoke {
  let locked = false;
  return async (config, options) => {
    if (locked) return [];
    locked = true;
    const outcomes = await run(config, options);
    locked = false;
    return outcomes;
  };
}

const asksForLargePages = withClients((send, command) =>
  isCommand(command, 'DescribeNetworkInterfaces')
    ? send(withInput(command, { ...command.input, MaxResults: 5_000 }))
    : send(command),
);

// The other invariants are broken by the planted mistakes; these three need some of their own.
const cases = [
  { invariant: 'I6', mistake: 'keeping strangers (FM31)', invoke: () => keepsStrangers },
  { invariant: 'I10', mistake: 'a lock that outlives its holder', invoke: holdsLock },
  { invariant: 'I11', mistake: 'pages larger than AWS gives', invoke: () => asksForLargePages },
];

it.each(cases)('$invariant is broken by $mistake', async ({ invariant, mistake, invoke }) => {
  const broken = new Set<string | undefined>();
  for (let seed = 1; seed <= 40 && !broken.has(invariant); seed++) {
    const { violation } = await simulate(seed, { plant: { name: 'test', mistake, invoke: invoke() } });
    broken.add(violation?.invariant);
  }
  expect(broken).toContain(invariant);
});
