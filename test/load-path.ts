import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { EC2 } from '@aws-sdk/client-ec2';
import { ElasticLoadBalancingV2 } from '@aws-sdk/client-elastic-load-balancing-v2';
import { startEmulator, steppedClock } from '../src/emulator/index.ts';
import { defaultTimings } from '../src/emulator/world/load-balancing/timings.ts';
import { until } from './until.ts';

/** Clients reach the application over an NLB, an ALB that is its target, and the ALB's own target. */
export interface LoadPath {
  /** Where the NLB's node listens on this machine. */
  place: { host: string; port: number };
  /** The server behind it all; what it does is up to the test. */
  app: Server;
  /** Puts a handler in the place of the one before. */
  handle(listener: RequestListener): void;
  close(): Promise<void>;
}

/** The world's time stands still once everything is healthy, so that no health check meets a machine under load. */
export async function openLoadPath(): Promise<LoadPath> {
  const clock = steppedClock();
  const local = await startEmulator({ port: 0, clock, seed: 1, dataPlane: { apiPort: 0 } });
  const client = {
    endpoint: local.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  };
  const [ec2, elb] = [new EC2(client), new ElasticLoadBalancingV2(client)];
  const app = createServer();
  await new Promise<void>((resolve) => {
    app.listen(0, '127.0.0.1', 4096, resolve);
  });
  const { loadBalancing, hosts } = local.cell();

  const { Subnets = [] } = await ec2.describeSubnets({});
  const [subnets, VpcId] = [Subnets.map(({ SubnetId = '' }) => SubnetId), Subnets[0]?.VpcId];
  const { GroupId = '' } = await ec2.createSecurityGroup({ GroupName: 'open', Description: 'open', VpcId });
  const permission = { IpProtocol: 'tcp', FromPort: 80, ToPort: 80, IpRanges: [{ CidrIp: '0.0.0.0/0' }] };
  await ec2.authorizeSecurityGroupIngress({ GroupId, IpPermissions: [permission] });

  const balance = async (Type: 'application' | 'network'): Promise<string> => {
    const groups = Type === 'application' ? { SecurityGroups: [GroupId] } : {};
    const { LoadBalancers } = await elb.createLoadBalancer({ Name: Type, Type, Subnets: subnets, ...groups });
    return LoadBalancers?.[0]?.LoadBalancerArn ?? '';
  };
  const forward = async (
    LoadBalancerArn: string,
    TargetType: 'ip' | 'alb',
    target: string,
  ): Promise<void> => {
    const Protocol = TargetType === 'ip' ? 'HTTP' : 'TCP';
    const { TargetGroups } = await elb.createTargetGroup({
      Name: TargetType,
      TargetType,
      Protocol,
      Port: 80,
      VpcId,
    });
    const TargetGroupArn = TargetGroups?.[0]?.TargetGroupArn;
    await elb.registerTargets({ TargetGroupArn, Targets: [{ Id: target }] });
    const DefaultActions = [{ Type: 'forward', TargetGroupArn } as const];
    await elb.createListener({ LoadBalancerArn, Protocol, Port: 80, DefaultActions });
  };

  const alb = await balance('application');
  const nlb = await balance('network');
  const address = '172.31.250.9';
  hosts.add({
    address,
    port: 80,
    forwardTo: { host: '127.0.0.1', port: (app.address() as AddressInfo).port },
  });
  handleWith(app, (_request, response) => response.end());
  await clock.advance(defaultTimings.provisioning);
  await forward(alb, 'ip', address);
  // Up to the first check and no further, or it would be over time before the machine gets to answer it.
  await clock.advance(defaultTimings.registration.application);
  const isHealthy = (): boolean =>
    [...loadBalancing.targetGroups.values()].every(({ registrations }) =>
      [...registrations.values()].every(({ state }) => state === 'healthy'),
    );
  await until(loadBalancing.changes, isHealthy);
  await forward(nlb, 'alb', alb);
  await clock.advance(defaultTimings.registration.network);
  await until(loadBalancing.changes, isHealthy);

  const node = loadBalancing.loadBalancers.get(nlb)?.nodes[0]?.interface.privateIpAddresses[0] ?? '';
  const place = local.where({ address: node, port: 80 });
  if (!place) throw new Error(`the NLB's node ${node} does not listen`);
  return {
    place,
    app,
    handle: (listener) => handleWith(app, listener),
    async close() {
      app.close();
      app.closeAllConnections();
      await local.close();
      ec2.destroy();
      elb.destroy();
    },
  };
}

function handleWith(app: Server, listener: RequestListener): void {
  app.removeAllListeners('request');
  app.on('request', listener);
}
