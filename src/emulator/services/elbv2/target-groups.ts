import type {
  ElasticLoadBalancingV2,
  TargetGroup as TargetGroupDescription,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { AwsError } from '../../core/aws-error.ts';
import type { Cell } from '../../core/cell.ts';
import type { Operations } from '../../core/service.ts';
import { readTags } from '../../core/tags.ts';
import type { TargetGroup } from '../../world/load-balancing/target-group.ts';
import { newArn } from './arns.ts';
import { setAttributes, targetGroupDefaults, writeAttributes } from './attributes.ts';
import { readHealthCheck } from './health-check.ts';
import { findLoadBalancer, findTargetGroup } from './lookup.ts';
import { page } from './pages.ts';
import { refuseAttributes } from './target-group-attributes.ts';

export const targetGroups: Operations<ElasticLoadBalancingV2> = {
  CreateTargetGroup(input, { cell }) {
    const {
      Name: name = '',
      TargetType: targetType = 'instance',
      Protocol: protocol = '',
      Port: port = 0,
    } = input;
    refuseName(cell, name);
    if (targetType === 'lambda' || !['HTTP', 'HTTPS', 'TCP', 'TLS', 'UDP', 'TCP_UDP'].includes(protocol)) {
      throw new AwsError(
        'ValidationError',
        `A target group of type '${targetType}' and protocol '${protocol}' is not part of this local AWS`,
      );
    }
    if (targetType === 'alb' && protocol !== 'TCP') {
      throw new AwsError(
        'ValidationError',
        `Protocol '${protocol}' is not supported with target type 'alb': use 'TCP'`,
      );
    }
    if (port < 1 || port > 65535)
      throw new AwsError(
        'ValidationError',
        `A port between 1 and 65535 must be specified, not '${input.Port}'`,
      );
    if (!cell.network.vpcs.has(input.VpcId ?? '')) {
      throw new AwsError('ValidationError', `The VPC ID '${input.VpcId}' is not found`);
    }
    const group: TargetGroup = {
      arn: newArn(cell, `targetgroup/${name}`),
      name,
      protocol,
      port,
      vpcId: input.VpcId ?? '',
      targetType,
      ipAddressType: input.IpAddressType ?? 'ipv4',
      protocolVersion: protocol.startsWith('HTTP') ? (input.ProtocolVersion ?? 'HTTP1') : undefined,
      healthCheck: readHealthCheck(input, protocol, { targetType }),
      attributes: targetGroupDefaults(protocol, targetType),
      tags: readTags(input.Tags),
      registrations: new Map(),
    };
    cell.loadBalancing.targetGroups.set(group.arn, group);
    return { TargetGroups: [describe(cell, group)] };
  },
  DescribeTargetGroups(input, { cell }) {
    const all = [...cell.loadBalancing.targetGroups.values()];
    const byArn = input.TargetGroupArns?.map((arn) => findTargetGroup(cell, arn));
    const byName = input.Names?.map((name) => {
      const found = all.find((group) => group.name === name);
      if (!found) throw new AwsError('TargetGroupNotFound', 'One or more target groups not found');
      return found;
    });
    const ofLoadBalancer = input.LoadBalancerArn && findLoadBalancer(cell, input.LoadBalancerArn);
    const asked = (byArn ?? byName ?? all).filter(
      ({ arn }) => !ofLoadBalancer || cell.loadBalancing.usersOf(arn).includes(ofLoadBalancer),
    );
    const { items, nextToken } = page(asked, input);
    return { TargetGroups: items.map((group) => describe(cell, group)), NextMarker: nextToken };
  },
  ModifyTargetGroup(input, { cell }) {
    const group = findTargetGroup(cell, input.TargetGroupArn);
    group.healthCheck = readHealthCheck(input, group.protocol, {
      current: group.healthCheck,
      targetType: group.targetType,
    });
    return { TargetGroups: [describe(cell, group)] };
  },
  DeleteTargetGroup({ TargetGroupArn: arn = '' }, { cell }) {
    if (cell.loadBalancing.usersOf(arn).length > 0) {
      throw new AwsError(
        'ResourceInUse',
        `Target group '${arn}' is currently in use by a listener or a rule`,
      );
    }
    cell.loadBalancing.targetGroups.delete(arn);
    cell.loadBalancing.changes.announce();
    return {};
  },
  DescribeTargetGroupAttributes({ TargetGroupArn }, { cell }) {
    return { Attributes: writeAttributes(findTargetGroup(cell, TargetGroupArn).attributes) };
  },
  ModifyTargetGroupAttributes({ TargetGroupArn, Attributes }, { cell }) {
    const group = findTargetGroup(cell, TargetGroupArn);
    refuseAttributes(group, Attributes);
    setAttributes(group.attributes, Attributes, 'Target group');
    cell.loadBalancing.changes.announce();
    return { Attributes: writeAttributes(group.attributes) };
  },
};

function refuseName(cell: Cell, name: string): void {
  if (!/^(?!-)[A-Za-z0-9-]{1,32}(?<!-)$/.test(name)) {
    throw new AwsError(
      'ValidationError',
      `The target group name '${name}' is not valid: 1 to 32 letters, digits and hyphens, not beginning or ending with a hyphen`,
    );
  }
  if ([...cell.loadBalancing.targetGroups.values()].some((other) => other.name === name)) {
    throw new AwsError(
      'DuplicateTargetGroupName',
      `A target group with the same name '${name}' exists, but with different settings`,
    );
  }
}

function describe(cell: Cell, group: TargetGroup): TargetGroupDescription {
  const { healthCheck: check } = group;
  const overHttp = check.protocol.startsWith('HTTP');
  return {
    TargetGroupArn: group.arn,
    TargetGroupName: group.name,
    Protocol: group.protocol as TargetGroupDescription['Protocol'],
    ProtocolVersion: group.protocolVersion,
    Port: group.port,
    VpcId: group.vpcId,
    TargetType: group.targetType,
    IpAddressType: group.ipAddressType,
    HealthCheckEnabled: check.enabled,
    HealthCheckProtocol: check.protocol as TargetGroupDescription['HealthCheckProtocol'],
    HealthCheckPort: check.port,
    HealthCheckIntervalSeconds: check.intervalSeconds,
    HealthCheckTimeoutSeconds: check.timeoutSeconds,
    HealthyThresholdCount: check.healthyThreshold,
    UnhealthyThresholdCount: check.unhealthyThreshold,
    ...(overHttp ? { HealthCheckPath: check.path, Matcher: { HttpCode: check.matcher } } : {}),
    LoadBalancerArns: cell.loadBalancing.usersOf(group.arn).map(({ arn }) => arn),
  };
}
