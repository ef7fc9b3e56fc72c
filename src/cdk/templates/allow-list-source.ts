import {
  CfnCondition,
  CfnParameter,
  CfnRule,
  Fn,
  type ICfnRuleConditionExpression,
  type Stack,
} from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { AddressSource } from '../sync/address-source.ts';
import { bare, firstOf, literal, object, type Part, text, texts } from './config-text.ts';
import { nameServers } from './name-servers.ts';
import type { ParameterGroup } from './parameter-groups.ts';
import { patterns } from './patterns.ts';
import type { Permitted } from './permitted-if.ts';
import { yesOrNo } from './switch-parameter.ts';
import { isEmpty, isNotEmpty, type OptionalText, optionalText } from './text-parameter.ts';

/** One of several kinds of source: it is the one where its first parameter is given. */
interface Kind {
  readonly config: Part;
  readonly given: OptionalText;
  readonly parameters: ParameterGroup['parameters'];
}

/** Where the addresses of an allow-list come from, as parameters. */
export class AllowListSource {
  readonly config: Part;
  readonly group: ParameterGroup;
  readonly permitted: readonly Permitted[];

  /** All that AWS has to be asked about. */
  readonly source: AddressSource;

  constructor(stack: Stack) {
    const loadBalancer = loadBalancerKind(stack);
    const name = nameKind(stack);
    const endpoint = endpointKind(stack);
    const addresses = addressesKind(stack);
    const kinds = [loadBalancer, name, endpoint, addresses];
    exactlyOne(
      stack,
      kinds.map(({ given }) => given.parameter),
    );
    this.config = firstOf(
      [loadBalancer, name, endpoint].map(({ config, given }) => [given.isGiven, config]),
      addresses.config,
    );
    this.group = {
      label: 'Source: one of load balancer, DNS name, VPC endpoint and addresses',
      parameters: kinds.flatMap(({ parameters }) => parameters),
    };
    this.source = askedAbout(stack, loadBalancer.given, endpoint.given);
    this.permitted = reads(stack, loadBalancer.given, endpoint.given);
  }
}

function loadBalancerKind(stack: Stack): Kind {
  const given = optionalText(stack, 'LoadBalancerArn', {
    description: 'Load balancer whose private addresses are allowed',
    expected: 'the ARN of an application or network load balancer',
    pattern: patterns.loadBalancerArn,
  });
  const earlyDrain = yesOrNo(stack, 'EarlyDrain', {
    description: 'Whether a node of an ALB is left out once DNS no longer gives it, while it may still serve',
    isOn: false,
  });
  return {
    config: object({
      type: literal('load-balancer'),
      arn: text(given.parameter),
      earlyDrain: bare(earlyDrain),
    }),
    given,
    parameters: [
      [given.parameter, 'Load balancer'],
      [earlyDrain, 'Early drain'],
    ],
  };
}

function nameKind(stack: Stack): Kind {
  const given = optionalText(stack, 'DnsName', {
    description: 'DNS name whose addresses are allowed',
    expected: 'a DNS name',
    pattern: patterns.dnsName,
  });
  const family = new CfnParameter(stack, 'Family', {
    allowedValues: ['ipv4', 'ipv6', 'both'],
    default: 'ipv4',
    description: 'Which addresses of the DNS name; of one family for a prefix list',
    type: 'String',
  });
  const servers = nameServers(stack);
  return {
    config: object(
      { type: literal('dns'), name: text(given.parameter), family: text(family) },
      { servers: [servers.isGiven, texts(servers.parameter)] },
    ),
    given,
    parameters: [
      [given.parameter, 'DNS name'],
      [family, 'Family'],
      [servers.parameter, 'Name servers'],
    ],
  };
}

function endpointKind(stack: Stack): Kind {
  const given = optionalText(stack, 'VpcEndpointId', {
    description: 'VPC endpoint whose addresses are allowed',
    expected: 'the id of a VPC endpoint',
    pattern: patterns.vpcEndpointId,
  });
  return {
    config: object({ type: literal('vpc-endpoint'), id: text(given.parameter) }),
    given,
    parameters: [[given.parameter, 'VPC endpoint']],
  };
}

function addressesKind(stack: Stack): Kind {
  const given = optionalText(stack, 'StaticAddresses', {
    description: 'Addresses that are allowed, and do not move',
    expected: 'IPv4 addresses, separated by commas without spaces',
    pattern: patterns.ipv4List,
  });
  return {
    config: object({ type: literal('static'), addresses: texts(given.parameter) }),
    given,
    parameters: [[given.parameter, 'Addresses']],
  };
}

function askedAbout(stack: Stack, loadBalancer: OptionalText, endpoint: OptionalText): AddressSource {
  return AddressSource.merged(
    AddressSource.loadBalancer(
      elbv2.NetworkLoadBalancer.fromNetworkLoadBalancerAttributes(stack, 'LoadBalancer', {
        loadBalancerArn: loadBalancer.parameter.valueAsString,
      }),
    ),
    AddressSource.vpcEndpoint(
      ec2.InterfaceVpcEndpoint.fromInterfaceVpcEndpointAttributes(stack, 'VpcEndpoint', {
        port: 443,
        vpcEndpointId: endpoint.parameter.valueAsString,
      }),
    ),
  );
}

function reads(stack: Stack, loadBalancer: OptionalText, endpoint: OptionalText): Permitted[] {
  const readsInterfaces = new CfnCondition(stack, 'ReadsInterfaces', {
    expression: Fn.conditionOr(loadBalancer.isGiven, endpoint.isGiven),
  });
  return [
    [loadBalancer.isGiven, ['elasticloadbalancing:']],
    [endpoint.isGiven, ['ec2:DescribeVpcEndpoints']],
    [readsInterfaces, ['ec2:DescribeNetworkInterfaces', 'ec2:DescribeVpcs']],
  ];
}

/** Rules cannot count: each kind alone is spelled out. */
function exactlyOne(stack: Stack, kinds: readonly CfnParameter[]): void {
  const alone = kinds.map((kind) =>
    Fn.conditionAnd(...kinds.map((other) => (other === kind ? isNotEmpty(other) : isEmpty(other)))),
  );
  const names = kinds.map(({ node }) => node.id).join(', ');
  new CfnRule(stack, 'OneSource', {
    assertions: [
      {
        assert: Fn.conditionOr(...alone) as ICfnRuleConditionExpression,
        assertDescription: `Addresses come from exactly one source: set one of ${names}`,
      },
    ],
  });
}
