import type { Invariant } from './invariant.ts';

export const unknownRemovesNothing: Invariant = {
  id: 'I1',
  statement: "a run removes nothing before it has listed the source's interfaces to the end and found some",
  writing({ kind, items }, { truth, run }) {
    const { description } = truth.binding;
    if (kind !== 'remove' || description === undefined || run.sightings.knows(description)) return undefined;
    return `removes ${addresses(items)} though its last listing of '${description}' failed, broke off or was empty`;
  },
};

function addresses(items: readonly { address: string }[]): string {
  return items.map(({ address }) => address).join(', ');
}
