import fc from 'fast-check';
import { run } from '../../src/app/run.ts';
import { parseConfig } from '../../src/config/parse-config.ts';
import type { DnsAnswer, Resolve } from '../../src/sources/dns/question.ts';
import { dnsResolver } from '../../src/sources/dns/resolver.ts';
import { addressesFor } from '../dns/strict-message.ts';
import { expectNoRemoval, expectNoWrite } from '../expect.ts';
import { questionId, replies } from '../generate/dns-replies.ts';
import type { Kind } from '../kind.ts';
import type { FuzzWorld } from '../world.ts';

const name = 'db.example';

/**
 * Servers that reply anything. The resolver never rejects, and takes no address out of a message that is not an answer
 * to the letter. A pass of the binding that follows the name removes nothing where nobody answered, and nothing that
 * was among the answers.
 */
export const dns: Kind = {
  name: 'dns',
  share: 0.2,
  property: (world, tell) => {
    const config = parseConfig(
      { bindings: world.config.bindings.filter((one) => one.name === 'named') },
      'it',
    );
    const list = fc.array(replies(name, world.webNodes), { minLength: 1, maxLength: 4 });
    return fc.asyncProperty(list, async (given) => {
      world.forget();
      const answers: DnsAnswer[] = [];
      const resolve = resolverOf(given, answers);
      const outcomes = await run(config, { ...world.reach, resolve });
      const told = answers.flatMap((answer) => (answer.kind === 'answered' ? answer.values : []));
      tell(
        told.length > 0
          ? 'answered'
          : (answers.find(({ kind }) => kind === 'unanswered') as { failure: string }).failure,
      );
      expectFaithful(told, given);
      if (told.length === 0) expectNoWrite(world);
      else
        expectOnlyUnnamedRemoved(
          world,
          outcomes.flatMap(({ removed }) => removed),
          told,
        );
    });
  },
};

/** A resolver that is given the replies in turn, over UDP and TCP alike; what `answers` refuses never arrives. */
function resolverOf(given: readonly (Buffer | undefined)[], answers: DnsAnswer[]): Resolve {
  let turn = 0;
  const resolve = dnsResolver({
    systemServers: () => ['127.0.0.1'],
    newId: () => questionId,
    async exchange({ answers: isAnswer }) {
      const reply = given[turn++ % given.length];
      if (!reply || !isAnswer(reply))
        throw Object.assign(new Error('no answer in time'), { code: 'ETIMEOUT' });
      return reply;
    },
  });
  return async (question) => {
    const answer = await resolve(question);
    answers.push(answer);
    return answer;
  };
}

function expectFaithful(told: readonly string[], given: readonly (Buffer | undefined)[]): void {
  const held = new Set(given.flatMap((reply) => strictly(reply)));
  const invented = told.filter((address) => !held.has(address));
  if (invented.length > 0) throw new Error(`addresses that no valid answer holds: ${invented.join(', ')}`);
}

function strictly(reply: Buffer | undefined): string[] {
  try {
    return (reply && addressesFor(reply, { id: questionId, name, type: 'A' })) ?? [];
  } catch {
    return [];
  }
}

function expectOnlyUnnamedRemoved(
  world: FuzzWorld,
  removed: readonly { address: string }[],
  told: readonly string[],
): void {
  if (removed.length === 0) expectNoRemoval(world);
  const named = removed.filter(({ address }) => told.includes(address));
  if (named.length > 0) throw new Error(`removed, though named: ${JSON.stringify(named)}`);
}
