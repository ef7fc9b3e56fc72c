import type { Invariant } from './invariant.ts';

export const unknownRemovesNothing: Invariant = {
  id: 'I1',
  statement:
    "a run removes nothing before it has listed the source's interfaces to the end and found some, or its name was answered",
  writing({ kind, items }, { truth, run }) {
    const unknown = truth.binding.source.reads.find((key) => !run.sightings.knows(key));
    if (kind !== 'remove' || unknown === undefined) return undefined;
    return `removes ${addresses(items)} though its last reading of '${unknown}' failed, broke off or was empty`;
  },
};

function addresses(items: readonly { address: string }[]): string {
  return items.map(({ address }) => address).join(', ');
}
