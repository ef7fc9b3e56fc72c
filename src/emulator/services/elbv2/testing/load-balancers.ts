import { EC2 } from '@aws-sdk/client-ec2';
import {
  type Action,
  type CreateTargetGroupCommandInput,
  ElasticLoadBalancingV2,
  type TargetHealthDescription,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { type SteppedClock, steppedClock } from '../../../clock/stepped-clock.ts';
import { type Emulator, startEmulator } from '../../../emulator.ts';
import type { StartInstance } from '../../../world/compute/instance-software.ts';
import { defaultTimings } from '../../../world/load-balancing/timings.ts';

/** A default VPC, clients, and short ways to what tests of load balancers begin with. */
export interface LoadBalancerWorld {
  clock: SteppedClock;
  local: Emulator;
  ec2: EC2;
  elb: ElasticLoadBalancingV2;
  vpcId: string;
  /** One in each zone, in the order of the zones. */
  subnetIds: string[];
  balancer(Type: 'application' | 'network', Subnets?: string[]): Promise<string>;
  group(options?: Partial<CreateTargetGroupCommandInput>): Promise<string>;
  health(TargetGroupArn: string): Promise<TargetHealthDescription[]>;
  close(): Promise<void>;
}

export const fixed: Action = { Type: 'fixed-response', FixedResponseConfig: { StatusCode: '404' } };

export function forward(TargetGroupArn: string): Action {
  return { Type: 'forward', TargetGroupArn };
}

export async function loadBalancerWorld(startInstance?: StartInstance): Promise<LoadBalancerWorld> {
  const clock = steppedClock();
  const local = await startEmulator({
    clock,
    port: 0,
    dataPlane: false,
    seed: 1,
    ...(startInstance && { startInstance }),
  });
  const client = {
    endpoint: local.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  };
  const ec2 = new EC2(client);
  const elb = new ElasticLoadBalancingV2(client);
  const { Subnets = [] } = await ec2.describeSubnets({});
  const ordered = Subnets.sort((one, other) =>
    (one.AvailabilityZone ?? '') < (other.AvailabilityZone ?? '') ? -1 : 1,
  );
  const subnetIds = ordered.map(({ SubnetId = '' }) => SubnetId);
  const vpcId = Subnets[0]?.VpcId ?? '';
  let count = 0;
  return {
    clock,
    local,
    ec2,
    elb,
    vpcId,
    subnetIds,
    async balancer(Type, chosen = subnetIds) {
      const { LoadBalancers } = await elb.createLoadBalancer({
        Name: `lb-${count++}`,
        Type,
        Subnets: chosen,
      });
      await clock.advance(defaultTimings.provisioning);
      return LoadBalancers?.[0]?.LoadBalancerArn ?? '';
    },
    async group(options) {
      const wanted = {
        Name: `group-${count++}`,
        Protocol: 'TCP',
        Port: 80,
        VpcId: vpcId,
        TargetType: 'ip',
      } as const;
      const { TargetGroups } = await elb.createTargetGroup({ ...wanted, ...options });
      return TargetGroups?.[0]?.TargetGroupArn ?? '';
    },
    async health(TargetGroupArn) {
      return (await elb.describeTargetHealth({ TargetGroupArn })).TargetHealthDescriptions ?? [];
    },
    async close() {
      ec2.destroy();
      elb.destroy();
      await local.close();
    },
  };
}
