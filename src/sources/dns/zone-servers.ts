import type { Resolve } from './question.ts';

/** How far up from the name its zone may begin. */
const mostLevels = 3;

const mostServers = 4;

/**
 * The addresses of the name servers that hold a name: those of the nearest zone above it that has any. Undefined
 * where DNS does not tell.
 */
export async function zoneServers(resolve: Resolve, name: string): Promise<readonly string[] | undefined> {
  const labels = name.replace(/\.$/, '').split('.');
  for (let level = 1; level <= mostLevels && labels.length - level >= 2; level++) {
    const answer = await resolve({ name: labels.slice(level).join('.'), type: 'NS' });
    if (answer.kind === 'answered') return addressesOf(resolve, answer.values.slice(0, mostServers));
    if (answer.failure !== 'no-records') return undefined;
  }
  return undefined;
}

async function addressesOf(resolve: Resolve, hosts: readonly string[]): Promise<string[] | undefined> {
  const answers = await Promise.all(hosts.map((name) => resolve({ name, type: 'A' })));
  const addresses = answers.flatMap((answer) =>
    answer.kind === 'answered' ? answer.values.slice(0, 1) : [],
  );
  return addresses.length > 0 ? [...new Set(addresses)] : undefined;
}
