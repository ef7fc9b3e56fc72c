import { type AwsClients, awsClients } from '../src/cli/local/aws-clients.ts';
import { deploy } from '../src/cli/local/deploy.ts';
import { healthyTarget } from '../src/cli/local/healthy-target.ts';
import { createNetwork, createTargetAddresses, type LocalNetwork } from '../src/cli/local/network.ts';

import { packageFunctions } from '../src/cli/local/package-functions.ts';
import { startSampleTarget } from '../src/cli/local/sample-target.ts';
import { type Emulator, startEmulator, wallClock } from '../src/emulator/index.ts';
import { inventory } from './inventory.ts';

export interface DeployedBridge {
  local: Emulator;
  clients: AwsClients;
  network: LocalNetwork;
  stackName: string;
  outputs: Record<string, string>;
  /** API Gateway's address of the stage. */
  apiUrl: string;
  albName: string;
  /** Name and ARN of the function whose logical id has this in it. */
  functionName(part: string): string;
  functionArn(part: string): string;
  /** What there was before the stack. */
  inventoryBefore: Record<string, number>;
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
  loopback?: 'many' | 'single';
}

const template = new URL('../templates/bridge.template.json', import.meta.url);

/** A local AWS with the checked-in template deployed to it and one sample target behind, on ports of the system's choice. */
export async function deployBridge({ timeScale, loopback }: BridgeSettings): Promise<DeployedBridge> {
  const clock = wallClock(timeScale);
  const local = await startEmulator({
    port: 0,
    clock,
    seed: 1,
    dataPlane: { apiPort: 0, loopback: loopback ?? 'auto' },
  });
  const clients = awsClients(local.endpoint);
  const network = await createNetwork(clients.ec2);
  const [address = ''] = await createTargetAddresses(clients.ec2, network, 1);
  const peerAddress = (accepted: Parameters<Emulator['peerAddress']>[0]) => local.peerAddress(accepted);
  const sample = await startSampleTarget({ name: 'sample target 1', address, peerAddress });
  local.cell().hosts.add({ address, port: 80, forwardTo: { host: '127.0.0.1', port: sample.port } });
  const inventoryBefore = inventory(local.cell());
  const outputs = await deploy(
    clients.cloudFormation,
    {
      stackName: 'bridge',
      template: await packageFunctions(clients.s3, template),
      parameters: {
        VpcId: network.vpcId,
        SubnetIds: network.subnetIds.join(','),
        TargetAddresses: address,
        PathPatterns: '/hello*',
        HealthCheckPath: '/hello',
      },
    },
    () => {},
  );
  const { hostname, pathname } = new URL(outputs.ApiUrl ?? '');
  const nodesOf = (output: string) =>
    local.cell().loadBalancing.loadBalancers.get(outputs[output] ?? '')?.nodes ?? [];
  const addresses = (nodes: ReturnType<typeof nodesOf>) =>
    nodes.flatMap((node) => node.interface.privateIpAddresses).sort();
  const syncLogGroup =
    [...local.cell().logGroups.all.keys()].find((name) => name.includes('SyncLogGroup')) ?? '';
  const functionName = (part: string) =>
    [...local.cell().functions.all.keys()].find((name) => name.includes(part)) ?? '';
  await healthyTarget(clients.elbv2, outputs.NlbTargetGroupArn ?? '');
  return {
    local,
    clients,
    network,
    stackName: 'bridge',
    outputs,
    apiUrl: `${local.servers.apis}/${hostname.split('.')[0]}${pathname}`,
    albName: outputs.AlbArn?.split('/').at(-2) ?? '',
    functionName,
    functionArn: (part) => `arn:aws:lambda:us-east-1:000000000000:function:${functionName(part)}`,
    inventoryBefore,
    syncLogGroup,
    addressesOf: (output) => addresses(nodesOf(output)),
    nodesInService: () => addresses(nodesOf('AlbArn').filter(({ phase }) => phase === 'serving')),
    async close() {
      clients.close();
      await sample.close();
      await local.close();
      clock.close();
    },
  };
}
