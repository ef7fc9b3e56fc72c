import { CreateSecurityGroupCommand, CreateSubnetCommand, CreateVpcCommand } from '@aws-sdk/client-ec2';
import {
  CreateListenerCommand,
  CreateLoadBalancerCommand,
  CreateTargetGroupCommand,
  DescribeTargetHealthCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { vi } from 'vitest';
import { ThrottleBuckets } from '../../emulator/faults/throttle-buckets.ts';
import { type Emulator, type SteppedClock, startEmulator, steppedClock } from '../../emulator/index.ts';
import type { Resolve } from '../../sources/dns/question.ts';
import { dnsResolver } from '../../sources/dns/resolver.ts';
import { type AwsClients, createClients } from '../clients.ts';

/** 10.0.0.9 before 10.0.0.10. */
export function numerically(first: string, second: string): number {
  return first.localeCompare(second, 'en', { numeric: true });
}

type World = ReturnType<Emulator['cell']>;

/** A local AWS whose time stands still, with one VPC, and the calls made to it. */
export interface LocalAws {
  endpoint: string;
  clock: SteppedClock;
  world: World;
  clients: AwsClients;
  vpcId: string;
  subnetIds: string[];
  /** Every call through `clients`: its operation and input. */
  calls: { operation: string; input: unknown }[];
  /** Creates a load balancer; it is active after a minute. */
  provisioning(name: string, type?: 'application' | 'network'): Promise<string>;
  /** Creates a load balancer, and waits until it is active. */
  loadBalancer(name: string, type?: 'application' | 'network'): Promise<string>;
  /** An ALB's listener, so that its nodes are healthy targets on that port. */
  listen(loadBalancerArn: string, port?: number, targetGroupArn?: string): Promise<void>;
  targetGroup(name: string, type?: 'ip' | 'instance'): Promise<string>;
  securityGroup(name: string): Promise<string>;
  scale(name: string, nodes: number): Promise<void>;
  /** `10.0.0.4:80 healthy`, sorted. */
  targets(targetGroupArn: string): Promise<string[]>;
  /** Addresses of the load balancer's nodes in these phases (serving, unless told otherwise), sorted. */
  nodes(name: string, ...phases: string[]): string[];
  /** Asks the local AWS's DNS, without its sockets: load balancers' names, and those of `world.names`. */
  resolve: Resolve;
  /** From now on calls draw on AWS's throttle buckets, all full. */
  throttle(): void;
  /** What a DNS server at any address answers there. */
  answerDns: Emulator['answerDns'];
  close(): Promise<void>;
}

export async function startLocalAws(): Promise<LocalAws> {
  const clock = steppedClock();
  const local = await startEmulator({ clock, port: 0, dataPlane: false, seed: 1 });
  vi.stubEnv('AWS_ENDPOINT_URL', local.endpoint);
  vi.stubEnv('AWS_REGION', 'us-east-1');
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'test');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'test');
  const clients = createClients();
  const calls = record(clients);
  const world = local.cell();
  const { ec2, elbv2 } = clients;
  const { vpcId, subnetIds } = await createNetwork(clients);

  const find = (name: string) =>
    [...world.loadBalancing.loadBalancers.values()].find((held) => held.name === name);
  const nodes = (name: string, ...phases: string[]): string[] =>
    (find(name)?.nodes ?? [])
      .filter(({ phase }) => (phases.length > 0 ? phases : ['serving']).includes(phase))
      .flatMap((node) => node.interface.privateIpAddresses)
      .sort(numerically);

  const provisioning: LocalAws['provisioning'] = async (name, type = 'application') => {
    const input = { Name: name, Type: type, Scheme: 'internal', Subnets: subnetIds } as const;
    const { LoadBalancers } = await elbv2.send(new CreateLoadBalancerCommand(input));
    return LoadBalancers?.[0]?.LoadBalancerArn ?? '';
  };

  return {
    endpoint: local.endpoint,
    clock,
    world,
    clients,
    vpcId,
    subnetIds,
    calls,
    nodes,
    provisioning,
    async loadBalancer(name, type) {
      const arn = await provisioning(name, type);
      await clock.advance(60_000);
      return arn;
    },
    async listen(loadBalancerArn, port = 80, targetGroupArn) {
      const action = targetGroupArn
        ? ({ Type: 'forward', TargetGroupArn: targetGroupArn } as const)
        : ({ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '404' } } as const);
      await elbv2.send(
        new CreateListenerCommand({
          LoadBalancerArn: loadBalancerArn,
          Protocol: targetGroupArn ? 'TCP' : 'HTTP',
          Port: port,
          DefaultActions: [action],
        }),
      );
    },
    async targetGroup(name, type = 'ip') {
      const input = { Name: name, Protocol: 'TCP', Port: 80, VpcId: vpcId, TargetType: type } as const;
      const { TargetGroups } = await elbv2.send(new CreateTargetGroupCommand(input));
      return TargetGroups?.[0]?.TargetGroupArn ?? '';
    },
    async securityGroup(name) {
      const input = { GroupName: name, Description: name, VpcId: vpcId };
      const { GroupId = '' } = await ec2.send(new CreateSecurityGroupCommand(input));
      return GroupId;
    },
    async scale(name, count) {
      await fetch(`${local.endpoint}/_emulator/load-balancers/${name}/scale`, {
        method: 'POST',
        body: JSON.stringify({ nodes: count }),
      });
    },
    async targets(targetGroupArn) {
      const { TargetHealthDescriptions = [] } = await elbv2.send(
        new DescribeTargetHealthCommand({ TargetGroupArn: targetGroupArn }),
      );
      return TargetHealthDescriptions.map(
        ({ Target, TargetHealth }) => `${Target?.Id}:${Target?.Port} ${TargetHealth?.State}`,
      ).sort(numerically);
    },
    resolve: dnsResolver({
      systemServers: () => ['127.0.0.1'],
      async exchange({ message, transport }) {
        const answer = local.answerDns(message, transport);
        if (!answer) throw Object.assign(new Error('no answer in time'), { code: 'ETIMEOUT' });
        return answer;
      },
    }),
    throttle() {
      world.throttleBuckets = new ThrottleBuckets(clock);
    },
    answerDns: local.answerDns,
    async close() {
      vi.unstubAllEnvs();
      ec2.destroy();
      elbv2.destroy();
      await local.close();
    },
  };
}

async function createNetwork({ ec2 }: AwsClients): Promise<{ vpcId: string; subnetIds: string[] }> {
  const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: '10.0.0.0/16' }));
  const vpcId = Vpc?.VpcId ?? '';
  const subnetIds: string[] = [];
  for (const [index, zone] of ['us-east-1a', 'us-east-1b'].entries()) {
    const { Subnet } = await ec2.send(
      new CreateSubnetCommand({ VpcId: vpcId, CidrBlock: `10.0.${index}.0/24`, AvailabilityZone: zone }),
    );
    subnetIds.push(Subnet?.SubnetId ?? '');
  }
  return { vpcId, subnetIds };
}

function record(clients: AwsClients): LocalAws['calls'] {
  const calls: LocalAws['calls'] = [];
  for (const client of Object.values(clients) as AwsClients['ec2'][]) {
    client.middlewareStack.add(
      (next, context) => (call) => {
        calls.push({ operation: String(context.commandName).replace(/Command$/, ''), input: call.input });
        return next(call);
      },
      { step: 'initialize', name: 'record' },
    );
  }
  return calls;
}
