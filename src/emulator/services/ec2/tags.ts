import type { EC2, TagSpecification } from '@aws-sdk/client-ec2';
import { AwsError } from '../../core/aws-error.ts';
import { paginate } from '../../core/pagination.ts';
import type { Operations } from '../../core/service.ts';
import { readTags, writeTags } from '../../core/tags.ts';
import type { Network } from '../../world/network/network.ts';

/** The tags that a call gives the one thing it makes. */
export function specifiedTags(specifications: readonly TagSpecification[] | undefined): Map<string, string> {
  return readTags(specifications?.flatMap(({ Tags = [] }) => Tags));
}

interface Tagged {
  id: string;
  type: string;
  tags: Map<string, string>;
}

function allTagged(network: Network): Tagged[] {
  const kinds: [string, Iterable<{ id: string; tags: Map<string, string> }>][] = [
    ['vpc', network.vpcs.values()],
    ['subnet', network.subnets.values()],
    ['instance', network.instances.values()],
    ['launch-template', network.launchTemplates.values()],
    ['network-interface', network.interfaces.values()],
    ['security-group', network.securityGroups.values()],
    ['prefix-list', network.prefixLists.values()],
    ['route-table', network.routeTables.values()],
    ['internet-gateway', network.internetGateways.values()],
    ['network-acl', network.networkAcls.values()],
    ['elastic-ip', network.elasticIps.values()],
    ['natgateway', network.natGateways.values()],
    ['vpc-endpoint', network.vpcEndpoints.values()],
    ['vpc-endpoint-service', network.endpointServices.values()],
    ['security-group-rule', [...network.securityGroups.values()].flatMap(({ rules }) => [...rules.values()])],
  ];
  return kinds.flatMap(([type, things]) => [...things].map(({ id, tags }) => ({ id, type, tags })));
}

function tagged(network: Network, id: string): Tagged {
  const found = allTagged(network).find((thing) => thing.id === id);
  if (!found) throw new AwsError('InvalidID', `The ID '${id}' is not valid`);
  return found;
}

export const tags: Operations<EC2> = {
  CreateTags({ Resources = [], Tags = [] }, { cell }) {
    const targets = Resources.map((id) => tagged(cell.network, id));
    for (const target of targets) for (const { Key = '', Value = '' } of Tags) target.tags.set(Key, Value);
    return {};
  },
  DeleteTags({ Resources = [], Tags }, { cell }) {
    for (const target of Resources.map((id) => tagged(cell.network, id))) {
      for (const { Key = '' } of Tags ?? writeTags(target.tags)) target.tags.delete(Key);
    }
    return {};
  },
  DescribeTags({ Filters = [], MaxResults = 1000, NextToken }, { cell }) {
    const entries = allTagged(cell.network).flatMap(({ id, type, tags: held }) =>
      [...held].map(([key, value]) => ({ ResourceId: id, ResourceType: type, Key: key, Value: value })),
    );
    const fields = {
      'resource-id': 'ResourceId',
      'resource-type': 'ResourceType',
      key: 'Key',
      value: 'Value',
    } as const;
    const matching = entries.filter((entry) =>
      Filters.every(({ Name = '', Values = [] }) =>
        Values.includes(entry[fields[Name as keyof typeof fields]] ?? ''),
      ),
    );
    const { items, nextToken } = paginate(matching, ({ ResourceId, Key }) => `${ResourceId} ${Key}`, {
      limit: MaxResults,
      token: NextToken,
      invalidToken: 'InvalidNextToken',
    });
    return { Tags: items as never, NextToken: nextToken };
  },
};
