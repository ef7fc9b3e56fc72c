import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { type SteppedClock, steppedClock } from '../../clock/stepped-clock.ts';
import { Accounts } from '../../core/accounts.ts';
import type { Cell } from '../../core/cell.ts';
import { execute } from '../../core/execute.ts';
import { listen } from '../../core/listen.ts';
import { seeded } from '../../core/random.ts';
import { createCell } from '../../create-cell.ts';
import { ec2 } from '../../services/ec2/index.ts';
import { elbv2 } from '../../services/elbv2/index.ts';
import { Identity } from '../../world/identity/identity.ts';
import { defaultTimings } from '../../world/load-balancing/timings.ts';
import { type Loopback, type LoopbackMode, loopback } from '../loopback/loopback.ts';
import { ignoreErrors } from '../loopback/reset.ts';
import { serveEndpoints } from '../private-link/serve-endpoints.ts';
import { type ServedSockets, serveSockets } from '../served-sockets.ts';
import { machineOf } from './machine.ts';

/** Several accounts with their networks, whose sockets a test reaches from inside. */
export interface AccountsWorld {
  clock: SteppedClock;
  network: Loopback;
  account(id: string): Account;
  /** What a server says to a client at an address of a VPC. */
  ask(from: { address: string; vpcId: string }, to: string): Promise<string>;
  /** Resolves once all that should listen now does. */
  settled(): Promise<void>;
  close(): void;
}

export interface Account {
  cell: Cell;
  /** Makes a VPC with a subnet of its first 256 addresses. */
  createVpc(cidr: string): Promise<{ vpcId: string; subnetId: string }>;
  /** Makes a group that lets a range in on port 80. */
  createSecurityGroup(vpcId: string, from: string): Promise<string>;
  /** Makes an NLB, active at once, that forwards port 80 to one address. */
  createNlb(options: NlbOptions): Promise<{ arn: string; address: string }>;
  /** A machine of a VPC, which says its name and whom it sees. */
  addHost(vpcId: string, address: string, name: string): Promise<void>;
  call: { cell: Cell; caller: string; requestId: string };
}

export interface NlbOptions {
  vpcId: string;
  subnetId: string;
  target: { Id: string; AvailabilityZone?: string };
  securityGroups?: string[];
}

const region = 'us-east-1';

export function accountsWorld(mode: LoopbackMode): AccountsWorld {
  const [clock, random] = [steppedClock(), seeded(1)];
  const identities = new Map<string, Identity>();
  const identityOf = (account: string): Identity => {
    const identity = identities.get(account) ?? new Identity({ account, clock, random });
    identities.set(account, identity);
    return identity;
  };
  const network = loopback(mode, () => accounts.cells.map((cell) => cell.network));
  const machine = machineOf(network);
  const endpoints = serveEndpoints(machine);
  const served: ServedSockets[] = [endpoints];
  const closers: (() => void)[] = [];
  const accounts = new Accounts((account) => {
    const cell = createCell({
      account,
      region,
      clock,
      random,
      servers: { endpoint: '', dns: undefined, apis: undefined },
      timings: { ...defaultTimings, provisioning: 0 },
      identity: identityOf(account),
      identityOf,
      cells: () => accounts.cells,
      runner: { run: () => Promise.reject(new Error('no functions run here')), retire: () => {} },
      prober: undefined,
    });
    served.push(serveSockets(cell, machine));
    endpoints.attach(cell);
    return cell;
  });

  async function settled(): Promise<void> {
    await Promise.all(served.map((sockets) => sockets.settled()));
  }

  async function ask(from: { address: string; vpcId: string }, address: string): Promise<string> {
    await settled();
    return received(network.connect({ from, to: { address, port: 80 } }));
  }

  return {
    clock,
    network,
    account: (id) => accountOf(accounts.cell(id), { network, clock, closers }),
    ask,
    settled,
    close() {
      for (const sockets of served) sockets.close();
      for (const close of closers) close();
    },
  };
}

async function received(socket: Socket): Promise<string> {
  let text = '';
  socket.on('data', (chunk) => {
    text += String(chunk);
  });
  await once(socket, 'end');
  return text;
}

interface Surroundings {
  network: Loopback;
  clock: SteppedClock;
  closers: (() => void)[];
}

function accountOf(cell: Cell, { network, clock, closers }: Surroundings): Account {
  const call = { cell, caller: `arn:aws:iam::${cell.account}:root`, requestId: 'test' };
  return {
    cell,
    call,
    async createVpc(CidrBlock) {
      const { Vpc } = await execute(ec2, 'CreateVpc', { CidrBlock }, call);
      const vpcId = Vpc?.VpcId ?? '';
      const input = { VpcId: vpcId, CidrBlock: CidrBlock.replace('/16', '/24') };
      const { Subnet } = await execute(ec2, 'CreateSubnet', input, call);
      return { vpcId, subnetId: Subnet?.SubnetId ?? '' };
    },
    async createSecurityGroup(VpcId, CidrIp) {
      const group = { VpcId, GroupName: CidrIp, Description: 'one way in' };
      const { GroupId = '' } = await execute(ec2, 'CreateSecurityGroup', group, call);
      const IpPermissions = [{ IpProtocol: 'tcp', FromPort: 80, ToPort: 80, IpRanges: [{ CidrIp }] }];
      await execute(ec2, 'AuthorizeSecurityGroupIngress', { GroupId, IpPermissions }, call);
      return GroupId;
    },
    async createNlb(options) {
      const made = await createNlb(call, options);
      await clock.advance(0);
      return made;
    },
    async addHost(vpcId, address, name) {
      const server = createServer((socket) => {
        ignoreErrors(socket);
        const peer = network.peer(socket);
        socket.end(`${name} sees ${peer?.address} of ${peer?.vpcId}`);
      });
      closers.push(() => server.close());
      const port = await listen(server, { host: '127.0.0.1', port: 0 });
      cell.hosts.add({ address, port: 80, vpcId, forwardTo: { host: '127.0.0.1', port } });
    },
  };
}

async function createNlb(
  call: Account['call'],
  { vpcId, subnetId, target, securityGroups = [] }: NlbOptions,
): Promise<{ arn: string; address: string }> {
  const { LoadBalancers: [made] = [] } = await execute(
    elbv2,
    'CreateLoadBalancer',
    {
      Name: 'nlb',
      Type: 'network',
      Scheme: 'internal',
      Subnets: [subnetId],
      SecurityGroups: securityGroups,
    },
    call,
  );
  const arn = made?.LoadBalancerArn ?? '';
  const { TargetGroups: [group] = [] } = await execute(
    elbv2,
    'CreateTargetGroup',
    { Name: 'group', Protocol: 'TCP', Port: 80, TargetType: 'ip', VpcId: vpcId },
    call,
  );
  const TargetGroupArn = group?.TargetGroupArn ?? '';
  const DefaultActions = [{ Type: 'forward' as const, TargetGroupArn }];
  const listener = { LoadBalancerArn: arn, Port: 80, Protocol: 'TCP' as const, DefaultActions };
  await execute(elbv2, 'RegisterTargets', { TargetGroupArn, Targets: [target] }, call);
  await execute(elbv2, 'CreateListener', listener, call);
  const [node] = call.cell.loadBalancing.loadBalancers.get(arn)?.nodes ?? [];
  return { arn, address: node?.interface.privateIpAddresses[0] ?? '' };
}
