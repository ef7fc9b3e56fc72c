import type { AutoScaling, Tag, TagDescription } from '@aws-sdk/client-auto-scaling';
import { AwsError } from '../../core/aws-error.ts';
import type { Operations } from '../../core/service.ts';
import type { AutoScalingGroup, GroupTag } from '../../world/auto-scaling/auto-scaling-group.ts';
import { findGroup } from './lookup.ts';
import { page } from './pages.ts';

const resourceType = 'auto-scaling-group';

export const tags: Operations<AutoScaling> = {
  CreateOrUpdateTags({ Tags = [] }, { cell }) {
    for (const tag of Tags) {
      const group = findGroup(cell, tag.ResourceId);
      for (const [key, held] of readTags([tag])) group.tags.set(key, held);
    }
    return {};
  },
  DeleteTags({ Tags = [] }, { cell }) {
    for (const { ResourceId, Key = '' } of Tags) findGroup(cell, ResourceId).tags.delete(Key);
    return {};
  },
  DescribeTags(input, { cell }) {
    const all = [...cell.autoScaling.groups.values()].flatMap(describeTags);
    const matching = all.filter((tag) =>
      (input.Filters ?? []).every(({ Name = '', Values = [] }) => Values.includes(fieldOf(tag, Name))),
    );
    const { items, nextToken } = page(matching, ({ ResourceId, Key }) => `${ResourceId} ${Key}`, input);
    return { Tags: items, NextToken: nextToken };
  },
};

export function readTags(given: readonly Tag[] = []): Map<string, GroupTag> {
  return new Map(
    given.map(({ Key = '', Value = '', PropagateAtLaunch = true }) => [
      Key,
      { value: Value, propagateAtLaunch: PropagateAtLaunch },
    ]),
  );
}

export function describeTags({ name, tags: held }: AutoScalingGroup): TagDescription[] {
  return [...held].map(([Key, { value, propagateAtLaunch }]) => ({
    ResourceId: name,
    ResourceType: resourceType,
    Key,
    Value: value,
    PropagateAtLaunch: propagateAtLaunch,
  }));
}

function fieldOf(tag: TagDescription, filter: string): string {
  const fields: Readonly<Record<string, string | undefined>> = {
    'auto-scaling-group': tag.ResourceId,
    key: tag.Key,
    value: tag.Value,
    'propagate-at-launch': String(tag.PropagateAtLaunch),
  };
  const value = fields[filter];
  if (value !== undefined) return value;
  throw new AwsError(
    'ValidationError',
    `Filter type ${filter} is not correct. Allowed types are: [${Object.keys(fields).join(', ')}]`,
  );
}
