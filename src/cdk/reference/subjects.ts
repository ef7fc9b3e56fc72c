import { CfnParameter, Duration, type Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { PrivateIps } from '../bridge/private-ips.ts';
import { BridgeReady } from '../bridge/ready.ts';
import { AddressSource } from '../sync/address-source.ts';
import { AllowListSync } from '../sync/allow-list-sync.ts';
import { SyncFunction } from '../sync/sync-function.ts';
import { TargetGroupSync } from '../sync/target-group-sync.ts';
import { type Granted, grantedIn } from './granted.ts';

/** What something needs. */
export interface Subject {
  name: string;
  granted: readonly Granted[];
}

const code = lambda.Code.fromInline('exports.handler = async () => {}');

/** What each kind of source needs to be read. */
export function sources(): Subject[] {
  return [
    source('load-balancer', (stack) => {
      const loadBalancer = elbv2.NetworkLoadBalancer.fromNetworkLoadBalancerAttributes(stack, 'Web', {
        loadBalancerArn: given(stack, 'LoadBalancerArn'),
      });
      return AddressSource.loadBalancer(loadBalancer);
    }),
    source('dns', () => AddressSource.dns('db.example.internal')),
    source('vpc-endpoint', (stack) => {
      const vpcEndpointId = given(stack, 'EndpointId');
      const attributes = { vpcEndpointId, port: 443 };
      return AddressSource.vpcEndpoint(
        ec2.InterfaceVpcEndpoint.fromInterfaceVpcEndpointAttributes(stack, 'Endpoint', attributes),
      );
    }),
    source('network-interfaces', () => AddressSource.networkInterfaces({ tags: { role: 'web' } })),
    source('static', () => AddressSource.static(['10.0.0.10'])),
  ];
}

/** What each kind of sink needs to be read and written. */
export function sinks(): Subject[] {
  const from = AddressSource.static(['10.0.0.10']);
  return [
    sink('target-group', (stack) => {
      new TargetGroupSync(stack, 'Sync', {
        port: 80,
        source: from,
        syncCode: code,
        targetGroup: targetGroup(stack),
      });
    }),
    sink('security-group', (stack) => {
      const securityGroup = ec2.SecurityGroup.fromSecurityGroupId(stack, 'Group', given(stack, 'GroupId'));
      new AllowListSync(stack, 'Sync', { port: 80, securityGroup, source: from, syncCode: code });
    }),
    sink('prefix-list', (stack) => {
      const prefixList = ec2.PrefixList.fromPrefixListId(stack, 'List', given(stack, 'PrefixListId'));
      new AllowListSync(stack, 'Sync', { prefixList, source: from, syncCode: code });
    }),
  ];
}

/** What the functions need besides, whatever they keep. */
export function functions(): Subject[] {
  const syncs = withEverything();
  return [
    { name: '`sync`', granted: only(syncs, 'SyncRole') },
    { name: '`dispatch`', granted: only(syncs, 'SyncDispatchRole') },
    {
      name: '`addresses`, for `Custom::PrivateIps`',
      granted: alone((stack) => {
        const loadBalancer = elbv2.NetworkLoadBalancer.fromNetworkLoadBalancerAttributes(stack, 'Nlb', {
          loadBalancerArn: given(stack, 'LoadBalancerArn'),
        });
        new PrivateIps(stack, 'Addresses', { code, listenerPort: 80, loadBalancer, subnetIds: [] });
      }),
    },
    {
      name: '`addresses`, for `Custom::HealthyTargets`',
      granted: alone((stack) => {
        new BridgeReady(stack, 'Ready', { code });
      }),
    },
  ];
}

/** A function of several bindings, in a VPC, by a role of another account, and more often than each minute. */
function withEverything(): Record<string, Granted[]> {
  return grantedIn((stack) => {
    const syncFunction = new SyncFunction(stack, 'Sync', {
      dispatchCode: code,
      every: Duration.seconds(10),
      syncCode: code,
      vpc: new ec2.Vpc(stack, 'Vpc', { restrictDefaultSecurityGroup: false }),
    });
    const role = iam.Role.fromRoleArn(stack, 'Role', given(stack, 'RoleArn'));
    const group = targetGroup(stack);
    for (const port of [80, 443]) {
      new TargetGroupSync(stack, `Sync${port}`, {
        port,
        source: AddressSource.static(['10.0.0.10']),
        syncFunction,
        targetGroup: group,
        targetGroupReach: { role },
      });
    }
  });
}

function source(name: string, define: (stack: Stack) => AddressSource): Subject {
  const granted = alone((stack) => {
    const role = iam.Role.fromRoleArn(stack, 'Role', given(stack, 'RoleArn'));
    new TargetGroupSync(stack, 'Sync', {
      port: 80,
      source: define(stack),
      syncCode: code,
      targetGroup: targetGroup(stack),
      // The target group is another role's to read and write: what is left is the source's.
      targetGroupReach: { role },
    });
  });
  return { name, granted: granted.filter(isOfItsOwn) };
}

function sink(name: string, define: (stack: Stack) => void): Subject {
  return { name, granted: alone(define).filter(isOfItsOwn) };
}

/** The function's log, and the role of another's, are told of with the function. */
function isOfItsOwn({ actions }: Granted): boolean {
  return !actions.some((action) => /^(logs|sts):/.test(action));
}

function alone(define: (stack: Stack) => void): Granted[] {
  const [only, ...others] = Object.values(grantedIn(define));
  if (!only || others.length > 0) throw new Error('expected one role in the stack');
  return only;
}

function only(granted: Record<string, Granted[]>, id: string): Granted[] {
  const found = Object.entries(granted).find(([role]) => role.startsWith(id));
  if (!found) throw new Error(`expected a role of ${id} among ${Object.keys(granted).join(', ')}`);
  return found[1];
}

function targetGroup(stack: Stack): elbv2.INetworkTargetGroup {
  return elbv2.NetworkTargetGroup.fromTargetGroupAttributes(stack, 'TargetGroup', {
    targetGroupArn: given(stack, 'TargetGroupArn'),
  });
}

function given(stack: Stack, name: string): string {
  return new CfnParameter(stack, name).valueAsString;
}
