import type { ElasticLoadBalancingV2 } from '@aws-sdk/client-elastic-load-balancing-v2';
import { AwsError } from '../../core/aws-error.ts';
import type { Cell } from '../../core/cell.ts';
import type { Operations } from '../../core/service.ts';
import { writeTags } from '../../core/tags.ts';

function taggedAt({ loadBalancing }: Cell, arn: string): Map<string, string> {
  const rules = [...loadBalancing.listeners.values()].flatMap((listener) => listener.rules);
  const thing =
    loadBalancing.loadBalancers.get(arn) ??
    loadBalancing.targetGroups.get(arn) ??
    loadBalancing.listeners.get(arn) ??
    rules.find((rule) => rule.arn === arn);
  if (!thing) throw new AwsError('LoadBalancerNotFound', `The resource '${arn}' was not found`);
  return thing.tags;
}

export const tags: Operations<ElasticLoadBalancingV2> = {
  AddTags({ ResourceArns = [], Tags = [] }, { cell }) {
    for (const held of ResourceArns.map((arn) => taggedAt(cell, arn))) {
      for (const { Key = '', Value = '' } of Tags) held.set(Key, Value);
    }
    return {};
  },
  RemoveTags({ ResourceArns = [], TagKeys = [] }, { cell }) {
    for (const held of ResourceArns.map((arn) => taggedAt(cell, arn)))
      for (const key of TagKeys) held.delete(key);
    return {};
  },
  DescribeTags({ ResourceArns = [] }, { cell }) {
    return {
      TagDescriptions: ResourceArns.map((arn) => ({
        ResourceArn: arn,
        Tags: writeTags(taggedAt(cell, arn)),
      })),
    };
  },
};
