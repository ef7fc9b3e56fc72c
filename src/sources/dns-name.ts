import type { Address } from '../engine/address.ts';
import { asAlbridgeError } from '../engine/errors.ts';
import type { Fate, Fates } from '../engine/fate.ts';
import { complete, type Known, type Observation, sample, unknown } from '../engine/observation.ts';
import type { Source } from '../engine/source.ts';
import { confirming } from './confirming.ts';
import { type KeptAnswers, noKeptAnswers } from './dns/kept-answers.ts';
import { lookUpName, type NameAddresses, type NameQuery } from './dns/look-up-name.ts';
import type { Resolve } from './dns/question.ts';

export interface DnsSourceOptions {
  name: string;
  /** Which of the name's addresses: with `both` the name has to have both kinds. */
  family: 'ipv4' | 'ipv6' | 'both';
  /** @default the system's */
  servers?: readonly string[] | undefined;
  resolve: Resolve;
  /** @default none are: each read asks anew */
  kept?: KeptAnswers | undefined;
}

const types = { ipv4: ['A'], ipv6: ['AAAA'], both: ['A', 'AAAA'] } as const;

/** The addresses that a DNS name stands for. */
export function dnsSource({
  name,
  family,
  servers,
  resolve,
  kept = noKeptAnswers,
}: DnsSourceOptions): Source {
  const queries = types[family].map((type): NameQuery => ({ name, type, servers }));
  const lookUp = (query: NameQuery): Promise<NameAddresses> => lookUpName(resolve, query);
  return {
    async read(): Promise<Observation> {
      try {
        return together(await Promise.all(queries.map((query) => kept.get(query, () => lookUp(query)))));
      } catch (error) {
        return unknown(asAlbridgeError(error, 'source-unknown'));
      }
    },
    /** Asks DNS once more, past what is kept: servers do not all change at the same moment (FM2). */
    async confirm(absent): Promise<Fates> {
      const found = await confirming(absent, () => Promise.all(queries.map(lookUp)));
      queries.forEach((query, index) => {
        const answer = found[index];
        if (answer) kept.put(query, answer);
      });
      return fatesOf(absent, together(found));
    },
  };
}

function together(found: readonly NameAddresses[]): Known {
  const addresses = found.flatMap((part) => part.addresses);
  return found.every(({ extent }) => extent === 'complete') ? complete(addresses) : sample(addresses);
}

/** DNS says what a name stands for, and nothing about what it no longer stands for. */
function fatesOf(absent: readonly Address[], { addresses }: Known): Fates {
  const named = new Set(addresses);
  return new Map(
    absent.map((address): [Address, Fate] => [address, named.has(address) ? 'in-service' : 'untold']),
  );
}
