import { EC2 } from '@aws-sdk/client-ec2';
import { ElasticLoadBalancingV2 } from '@aws-sdk/client-elastic-load-balancing-v2';
import { median } from './median.ts';

/** Medians in milliseconds. */
export interface Latencies {
  describeTwoInterfaces: number;
  describeAllInterfaces: number;
  registerTargets: number;
  describeTargetHealth: number;
}

const interfaces = 1_000;
const targets = 100;
const warmUp = 20;
const description = 'ELB app/bench/0123456789abcdef';

/** Calls one after another, as the SDK's client sees them: its own share of each is in the figures. */
export async function measureCalls(endpoint: string): Promise<Latencies> {
  const settings = {
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'bench', secretAccessKey: 'bench' },
  };
  const [ec2, elbv2] = [new EC2(settings), new ElasticLoadBalancingV2(settings)];
  try {
    return { ...(await measureInterfaces(ec2)), ...(await measureTargets(elbv2, await defaultVpc(ec2))) };
  } finally {
    ec2.destroy();
    elbv2.destroy();
  }
}

async function measureInterfaces(
  ec2: EC2,
): Promise<Pick<Latencies, 'describeTwoInterfaces' | 'describeAllInterfaces'>> {
  const { Subnets: [{ SubnetId } = {}] = [] } = await ec2.describeSubnets({});
  for (let made = 0; made < interfaces; made++) {
    const Description = made % (interfaces / 2) === 0 ? description : `interface ${made}`;
    await ec2.createNetworkInterface({ SubnetId, Description });
  }
  const two = { Filters: [{ Name: 'description', Values: [description] }] };
  return {
    describeTwoInterfaces: await medianOf(200, () => countInterfaces(ec2, two, 2)),
    describeAllInterfaces: await medianOf(30, () => countInterfaces(ec2, {}, interfaces)),
  };
}

async function countInterfaces(ec2: EC2, input: object, want: number): Promise<void> {
  const { NetworkInterfaces = [] } = await ec2.describeNetworkInterfaces(input);
  if (NetworkInterfaces.length !== want)
    throw new Error(`${NetworkInterfaces.length} interfaces, not ${want}`);
}

async function measureTargets(
  elbv2: ElasticLoadBalancingV2,
  VpcId: string | undefined,
): Promise<Pick<Latencies, 'registerTargets' | 'describeTargetHealth'>> {
  const group = { Name: 'bench', TargetType: 'ip', Protocol: 'TCP', Port: 80, VpcId } as const;
  const { TargetGroups: [{ TargetGroupArn } = {}] = [] } = await elbv2.createTargetGroup(group);
  const registerTargets = await medianOf(targets - warmUp, async (call) => {
    await elbv2.registerTargets({ TargetGroupArn, Targets: [{ Id: `172.31.200.${call}` }] });
  });
  const describeTargetHealth = await medianOf(200, async () => {
    const { TargetHealthDescriptions = [] } = await elbv2.describeTargetHealth({ TargetGroupArn });
    if (TargetHealthDescriptions.length !== targets)
      throw new Error(`${TargetHealthDescriptions.length} targets`);
  });
  return { registerTargets, describeTargetHealth };
}

async function defaultVpc(ec2: EC2): Promise<string | undefined> {
  const { Vpcs: [{ VpcId } = {}] = [] } = await ec2.describeVpcs({});
  return VpcId;
}

/** Of so many calls, after some that only warm up; each is told its number, from 0. */
async function medianOf(times: number, call: (number: number) => Promise<void>): Promise<number> {
  const milliseconds: number[] = [];
  for (let number = 0; number < warmUp + times; number++) {
    const began = performance.now();
    await call(number);
    if (number >= warmUp) milliseconds.push(performance.now() - began);
  }
  return median(milliseconds);
}
