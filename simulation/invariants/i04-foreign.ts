import { ownershipMark } from '../../src/sinks/ownership-mark.ts';
import type { Write } from '../aws/write.ts';
import type { BindingTruth } from '../truth/chronicle.ts';
import type { Invariant } from './invariant.ts';

export const foreignUntouched: Invariant = {
  id: 'I4',
  statement:
    "nothing foreign is touched: no other group, no other port, nothing without the binding's mark, and upsert-only removes nothing",
  strayed: ({ operation }) => `${operation} of a group that no binding feeds`,
  writing(write, { truth }) {
    const { items, kind, operation } = write;
    const { policy, sink } = truth.binding.config();
    if (kind === 'remove' && policy.mode === 'upsert-only')
      return `${operation} in '${truth.binding.name}', which is upsert-only`;
    const elsewhere = items.find(({ port }) => port !== sink.port);
    if (elsewhere)
      return `${operation} of ${elsewhere.address} on port ${elsewhere.port ?? 'left out'}, not ${sink.port}`;
    return sink.type === 'security-group' ? unmarked(write, truth) : undefined;
  },
};

function unmarked({ operation, items }: Write, { binding }: BindingTruth): string | undefined {
  const mark = ownershipMark(binding.name);
  const foreign = items.find(({ description }) => description !== mark);
  return (
    foreign &&
    `${operation} of the rule for ${foreign.address} described '${foreign.description}', not '${mark}'`
  );
}
