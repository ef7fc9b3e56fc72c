import type { Filter } from '@aws-sdk/client-auto-scaling';
import { AwsError } from '../../core/aws-error.ts';
import type { AutoScalingGroup } from '../../world/auto-scaling/auto-scaling-group.ts';

/**
 * The groups that every filter lets through.
 *
 * @throws AwsError `ValidationError` for a filter that there is not
 */
export function applyFilters(
  groups: readonly AutoScalingGroup[],
  filters: readonly Filter[] = [],
): AutoScalingGroup[] {
  const tests = filters.map(({ Name = '', Values = [] }) => {
    const read = valuesUnder(Name);
    return (group: AutoScalingGroup) => read(group).some((value) => Values.includes(value));
  });
  return groups.filter((group) => tests.every((test) => test(group)));
}

function valuesUnder(name: string): (group: AutoScalingGroup) => string[] {
  if (name === 'tag-key') return ({ tags }) => [...tags.keys()];
  if (name === 'tag-value') return ({ tags }) => [...tags.values()].map(({ value }) => value);
  const [, key] = /^tag:(.+)$/s.exec(name) ?? [];
  if (key === undefined)
    throw new AwsError(
      'ValidationError',
      `Filter type ${name} is not correct. Allowed types are: [tag-key, tag-value, tag:<key>]`,
    );
  return ({ tags }) => [tags.get(key)?.value ?? []].flat();
}
