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
import { AddressSource } from '../address-source.ts';
import { bare, firstOf, literal, object, type Part, text, texts } from './config-text.ts';
import { nameServers } from './dns-updater.ts';
import type { ParameterGroup } from './parameter-groups.ts';
import { patterns } from './patterns.ts';
import type { Permitted } from './permitted-if.ts';
import { yesOrNo } from './switch-parameter.ts';
import { isEmpty, isNotEmpty, type OptionalText, optionalText } from './text-parameter.ts';

/** Where the addresses of an allow-list come from, as parameters: one of four kinds. */
export class AllowListSource {
  readonly config: Part;
  readonly group: ParameterGroup;

  /** What AWS has to be asked for any of the kinds. */
  readonly source: AddressSource;

  readonly permitted: readonly Permitted[];

  constructor(stack: Stack) {
    const loadBalancer = optionalText(stack, 'LoadBalancerArn', {
      description: 'Load balancer whose private addresses are allowed',
      expected: 'the ARN of an application or network load balancer',
      pattern: patterns.loadBalancerArn,
    });
    const earlyDrain = yesOrNo(stack, 'EarlyDrain', {
      description:
        'Whether a node of an ALB is left out once DNS no longer gives it, while it may still serve',
      isOn: false,
    });
    const name = optionalText(stack, 'DnsName', {
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
    const endpoint = optionalText(stack, 'VpcEndpointId', {
      description: 'VPC endpoint whose addresses are allowed',
      expected: 'the id of a VPC endpoint',
      pattern: patterns.vpcEndpointId,
    });
    const addresses = optionalText(stack, 'StaticAddresses', {
      description: 'Addresses that are allowed, and do not move',
      expected: 'IPv4 addresses, separated by commas without spaces',
      pattern: patterns.ipv4List,
    });
    exactlyOne(stack, [loadBalancer, name, endpoint, addresses]);
    const dns = object(
      { type: literal('dns'), name: text(name.parameter), family: text(family) },
      { servers: [servers.isGiven, texts(servers.parameter)] },
    );
    this.config = firstOf(
      [
        [
          loadBalancer.isGiven,
          object({
            type: literal('load-balancer'),
            arn: text(loadBalancer.parameter),
            earlyDrain: bare(earlyDrain),
          }),
        ],
        [name.isGiven, dns],
        [endpoint.isGiven, object({ type: literal('vpc-endpoint'), id: text(endpoint.parameter) })],
      ],
      object({ type: literal('static'), addresses: texts(addresses.parameter) }),
    );
    this.source = AddressSource.merged(
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
    const readsInterfaces = new CfnCondition(stack, 'ReadsInterfaces', {
      expression: Fn.conditionOr(loadBalancer.isGiven, endpoint.isGiven),
    });
    this.permitted = [
      [loadBalancer.isGiven, ['elasticloadbalancing:']],
      [endpoint.isGiven, ['ec2:DescribeVpcEndpoints']],
      [readsInterfaces, ['ec2:DescribeNetworkInterfaces', 'ec2:DescribeVpcs']],
    ];
    this.group = {
      label: 'Source: one of load balancer, DNS name, VPC endpoint and addresses',
      parameters: [
        [loadBalancer.parameter, 'Load balancer'],
        [earlyDrain, 'Early drain'],
        [name.parameter, 'DNS name'],
        [family, 'Family'],
        [servers.parameter, 'Name servers'],
        [endpoint.parameter, 'VPC endpoint'],
        [addresses.parameter, 'Addresses'],
      ],
    };
  }
}

/** Rules know no counting: each kind alone is spelled out. */
function exactlyOne(stack: Stack, kinds: readonly OptionalText[]): void {
  const alone = kinds.map((kind) =>
    Fn.conditionAnd(
      ...kinds.map(({ parameter }) =>
        parameter === kind.parameter ? isNotEmpty(parameter) : isEmpty(parameter),
      ),
    ),
  );
  const names = kinds.map(({ parameter }) => parameter.node.id);
  new CfnRule(stack, 'OneSource', {
    assertions: [
      {
        assert: Fn.conditionOr(...alone) as ICfnRuleConditionExpression,
        assertDescription: `Addresses come from exactly one source: set one of ${names.join(', ')}`,
      },
    ],
  });
}
