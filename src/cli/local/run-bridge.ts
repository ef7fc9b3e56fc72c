import type { Emulator } from '../../emulator/index.ts';
import { awsClients } from './aws-clients.ts';
import { startChurn } from './churn.ts';
import type { Closing } from './closing.ts';
import { deployBridge, type LocalBridge, stackName } from './deploy-bridge.ts';
import type { HostAndPort } from './option-values.ts';
import type { Report } from './reporter.ts';
import { isAnswer, isOk, startTraffic, type Traffic } from './traffic.ts';
import { watchPasses, watchScaling } from './watch.ts';

export interface BridgeOptions {
  target: HostAndPort[];
  traffic?: number;
  churn: boolean;
}

/** Where the local AWS and its DNS server listen. */
export interface Addresses {
  endpoint: string;
  dns: string;
}

const trafficTellInterval = 5_000;

/** Deploys the bridge, tells that it is ready, and begins what it shall go through. */
export async function runBridge(
  { local, at }: { local: Emulator; at: Addresses },
  options: BridgeOptions,
  { report, closing }: { report: Report; closing: Closing },
): Promise<Traffic | undefined> {
  closing.push(watchPasses(local.cell(), report));
  const clients = awsClients(local.endpoint);
  closing.push(() => clients.close());
  const bridge = await deployBridge({ local, clients }, options.target, { report, closing });
  const paths = options.target.length > 0 ? 'all' : '/hello*';
  report({ event: 'ready', ...at, apiUrl: bridge.apiUrl, stackName, outputs: bridge.outputs, paths });
  closing.push(watchScaling(local.cell(), bridge.albArn, report));
  if (options.churn) closing.push(churn(local, bridge));
  return options.traffic === undefined ? undefined : send(bridge, options, report, closing);
}

function churn(local: Emulator, { albArn }: LocalBridge): () => void {
  const loadBalancer = albArn.split('/').at(-2) ?? '';
  const timer = startChurn(local.clock, { endpoint: local.endpoint, loadBalancer, random: Math.random });
  return () => timer.cancel();
}

/** Of a sample target it is known what it answers; a server of the user's may answer as it likes, if it answers. */
function send({ apiUrl }: LocalBridge, options: BridgeOptions, report: Report, closing: Closing): Traffic {
  const isOwn = options.target.length > 0;
  const traffic = startTraffic({
    url: isOwn ? `${apiUrl}/` : `${apiUrl}/hello`,
    requestsPerSecond: options.traffic ?? 0,
    methods: isOwn ? ['GET'] : ['GET', 'GET', 'POST'],
    succeeds: isOwn ? isAnswer : isOk,
    onFailure: (cause) => report({ event: 'request-failed', cause }),
  });
  const timer = setInterval(() => {
    report({ event: 'traffic', requests: traffic.requests, failures: traffic.failures });
  }, trafficTellInterval);
  closing.push(() => clearInterval(timer));
  return traffic;
}
