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
    const { kind, operation } = write;
    const { name, policy, sink } = truth.binding;
    if (kind === 'remove' && policy.mode === 'upsert-only')
      return `${operation} in '${name}', which is upsert-only`;
    if (sink.config.type === 'target-group') return elsewhere(write, truth);
    // A rule for a port that is no longer configured may go, by its mark; none may be made.
    return unmarked(write, truth) ?? (kind === 'add' ? elsewhere(write, truth) : undefined);
  },
};

function elsewhere({ operation, items }: Write, { binding: { sink } }: BindingTruth): string | undefined {
  const { ports } = sink;
  const found = items.find(({ port }) => ports.length > 0 && !ports.some((managed) => managed === port));
  return (
    found && `${operation} of ${found.address} on port ${found.port ?? 'left out'}, not ${ports.join(' or ')}`
  );
}

function unmarked({ operation, items }: Write, { binding }: BindingTruth): string | undefined {
  const mark = ownershipMark(binding.name);
  const foreign = items.find(({ description }) => description !== mark);
  return foreign && `${operation} of ${foreign.address} described '${foreign.description}', not '${mark}'`;
}
