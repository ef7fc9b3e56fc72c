import type { Input } from '../aws/write.ts';
import type { Invariant } from './invariant.ts';

interface Limit {
  /** What is counted, in AWS's words. */
  of: string;
  most: number;
  count(input: Input): number;
}

/** The sizes that AWS documents, or is known to take. */
const limits: readonly Limit[] = [
  { of: 'Targets', most: 100, count: ({ Targets = [] }) => Targets.length },
  {
    of: 'Filters',
    most: 200,
    count: ({ Filters = [] }) => Math.max(0, ...Filters.map(({ Values = [] }: Input) => Values.length)),
  },
  { of: 'MaxResults', most: 1_000, count: ({ MaxResults = 0 }) => MaxResults },
  { of: 'LoadBalancerArns', most: 20, count: ({ LoadBalancerArns = [] }) => LoadBalancerArns.length },
  { of: 'Names', most: 20, count: ({ Names = [] }) => Names.length },
  { of: 'TargetGroupArns', most: 20, count: ({ TargetGroupArns = [] }) => TargetGroupArns.length },
  { of: 'AddEntries', most: 100, count: ({ AddEntries = [] }) => AddEntries.length },
  { of: 'RemoveEntries', most: 100, count: ({ RemoveEntries = [] }) => RemoveEntries.length },
];

export const sizesRespected: Invariant = {
  id: 'I11',
  statement: "every call respects AWS's limits on sizes, and none writes nothing",
  called(operation, input) {
    const broken = limits.find(({ count, most }) => count(input) > most);
    if (broken) return `${operation} with ${broken.count(input)} of ${broken.of}, more than ${broken.most}`;
    return input.Targets?.length === 0 ? `${operation} of no targets` : undefined;
  },
};
