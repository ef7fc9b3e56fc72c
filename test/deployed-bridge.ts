import { type AwsClients, awsClients } from '../src/cli/local/aws-clients.ts';
import { type Closing, closeAll } from '../src/cli/local/closing.ts';
import { deployBridge as deploy, type LocalBridge } from '../src/cli/local/deploy-bridge.ts';
import { type Emulator, scaledClock, startEmulator } from '../src/emulator/index.ts';
import { inventory } from './inventory.ts';

export interface DeployedBridge extends LocalBridge {
  local: Emulator;
  clients: AwsClients;
  albName: string;
  /** Name and ARN of the function whose logical id has this in it. */
  functionName(part: string): string;
  functionArn(part: string): string;
  /** What a new account has. */
  emptyInventory: Record<string, number>;
  /** Name of the log group that `sync` writes to. */
  syncLogGroup: string;
  /** Addresses of all nodes of the load balancer that an output names. */
  addressesOf(output: 'AlbArn' | 'NlbArn'): string[];
  /** Addresses of the ALB's nodes that are in DNS. */
  nodesInService(): string[];
  close(): Promise<void>;
}

export interface BridgeSettings {
  timeScale: number;
  loopback?: 'auto' | 'single';
}

/** A local AWS with the checked-in template deployed to it and sample targets behind, on ports of the system's choice. */
export async function deployBridge({
  timeScale,
  loopback = 'auto',
}: BridgeSettings): Promise<DeployedBridge> {
  const closing: Closing = [];
  const clock = scaledClock(timeScale);
  closing.push(() => clock.close());
  const local = await startEmulator({ port: 0, clock, seed: 1, dataPlane: { apiPort: 0, loopback } });
  closing.push(() => local.close());
  const cell = local.cell();
  const emptyInventory = inventory(cell);
  const clients = awsClients(local.endpoint);
  closing.push(() => clients.close());
  const bridge = await deploy({ local, clients }, [], { report: () => {}, closing });

  const nameIn = (names: Iterable<string>, part: string) =>
    [...names].find((name) => name.includes(part)) ?? '';
  const functionName = (part: string) => nameIn(cell.functions.all.keys(), part);
  const nodesOf = (output: string) =>
    cell.loadBalancing.loadBalancers.get(bridge.outputs[output] ?? '')?.nodes ?? [];
  const addresses = (nodes: ReturnType<typeof nodesOf>) =>
    nodes.flatMap((node) => node.interface.privateIpAddresses).sort();
  return {
    ...bridge,
    local,
    clients,
    albName: bridge.albArn.split('/').at(-2) ?? '',
    functionName,
    functionArn: (part) => `arn:aws:lambda:us-east-1:000000000000:function:${functionName(part)}`,
    emptyInventory,
    syncLogGroup: nameIn(cell.logGroups.all.keys(), 'SyncLogGroup'),
    addressesOf: (output) => addresses(nodesOf(output)),
    nodesInService: () => addresses(nodesOf('AlbArn').filter(({ phase }) => phase === 'serving')),
    close: () => closeAll(closing),
  };
}
