import type { Emulator } from '../../emulator/index.ts';
import { UsageError } from '../usage-error.ts';
import { awsClients } from './aws-clients.ts';
import { startChurn } from './churn.ts';
import { type Closing, closeAll } from './closing.ts';
import { deployBridge, type LocalBridge, stackName } from './deploy-bridge.ts';
import type { HostAndPort } from './option-values.ts';
import { jsonReport, type Report, textReport } from './reporter.ts';
import { type LocalAwsOptions, startLocalAws } from './start-local-aws.ts';
import { isAnswer, isOk, startTraffic, type Traffic } from './traffic.ts';
import { watchPasses, watchScaling } from './watch.ts';

export interface LocalOptions extends LocalAwsOptions {
  empty: boolean;
  target: HostAndPort[];
  traffic?: number;
  churn: boolean;
  json: boolean;
}

const trafficTellInterval = 5_000;

/** `albridge local`: runs until it is interrupted. */
export async function runLocal(options: LocalOptions): Promise<void> {
  refuseContradiction(options);
  const report = (options.json ? jsonReport : textReport)((line) => console.log(line));
  const closing: Closing = [];
  const interrupted = interruption();
  try {
    const traffic = await Promise.race([bringUp(options, report, closing), interrupted]);
    await interrupted;
    await traffic?.stop();
    report({ event: 'stopped', ...(traffic && { requests: traffic.requests, failures: traffic.failures }) });
  } finally {
    await closeAll(closing);
  }
}

function refuseContradiction({ empty, target, traffic, churn }: LocalOptions): void {
  if (empty && (target.length > 0 || traffic !== undefined || churn)) {
    throw new UsageError(
      '--empty deploys nothing: --target, --traffic and --churn need the bridge; leave out one or the other',
    );
  }
}

function interruption(): Promise<undefined> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve(undefined));
  });
}

async function bringUp(
  options: LocalOptions,
  report: Report,
  closing: Closing,
): Promise<Traffic | undefined> {
  const local = await startLocalAws(options, closing);
  report({ event: 'starting', endpoint: local.endpoint, timeScale: options.timeScale });
  const at = { endpoint: local.endpoint, dns: local.servers.dns ?? '' };
  if (options.empty) {
    report({ event: 'ready', ...at });
    return undefined;
  }
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
function send({ apiUrl }: LocalBridge, options: LocalOptions, report: Report, closing: Closing): Traffic {
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
