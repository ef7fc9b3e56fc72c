import type { Emulator } from '../../emulator/index.ts';
import type { AwsClients } from './aws-clients.ts';
import type { Closing } from './closing.ts';
import { deploy } from './deploy.ts';
import { healthyTarget } from './healthy-target.ts';
import { createNetwork, createTargetAddresses, type LocalNetwork } from './network.ts';
import type { HostAndPort } from './option-values.ts';
import { packageFunctions } from './package-functions.ts';
import { placeTargets, targetPort } from './place-targets.ts';
import type { Report } from './reporter.ts';

export const stackName = 'albridge';

const sampleTargets = 2;

const templateUrl = new URL('../../../templates/bridge.template.yaml', import.meta.url);

export interface LocalBridge {
  /** API Gateway's address of the stage on this machine. */
  apiUrl: string;
  albArn: string;
  network: LocalNetwork;
  outputs: Record<string, string>;
}

/** Deploys the bridge to targets, the user's own or samples, and waits until requests pass. */
export async function deployBridge(
  { local, clients }: { local: Emulator; clients: AwsClients },
  own: readonly HostAndPort[],
  { report, closing }: { report: Report; closing: Closing },
): Promise<LocalBridge> {
  const network = await createNetwork(clients.ec2);
  const addresses = await createTargetAddresses(clients.ec2, network, own.length || sampleTargets);
  await placeTargets({ cell: local.cell(), peerAddress: local.peerAddress }, addresses, own, closing);
  const parameters = {
    VpcId: network.vpcId,
    SubnetIds: network.subnetIds.join(','),
    TargetAddresses: addresses.join(','),
    TargetPort: String(targetPort),
    PathPatterns: own.length > 0 ? '/*' : '/hello*',
    HealthCheckPath: own.length > 0 ? '/' : '/hello',
  };
  const template = await packageFunctions(clients.s3, templateUrl);
  const outputs = await deploy(clients.cloudFormation, { stackName, template, parameters }, report);
  report({ event: 'waiting', for: 'the first pass, and for the NLB to find the ALB’s nodes healthy' });
  await healthyTarget(clients.elbv2, outputs.NlbTargetGroupArn ?? '');
  return { apiUrl: localApiUrl(local, outputs.ApiUrl ?? ''), albArn: outputs.AlbArn ?? '', network, outputs };
}

/** Where this machine serves what AWS would serve at `https://<api id>.execute-api.<region>.amazonaws.com/<stage>`. */
function localApiUrl(local: Emulator, url: string): string {
  const { hostname, pathname } = new URL(url);
  return `${local.servers.apis}/${hostname.split('.')[0]}${pathname}`;
}
