import { type Emulator, ListenError, startEmulator, wallClock } from '../../emulator/index.ts';
import { UsageError } from '../usage-error.ts';
import { awsClients } from './aws-clients.ts';
import { startChurn } from './churn.ts';
import { deploy } from './deploy.ts';
import { healthyTarget } from './healthy-target.ts';
import { createNetwork, createTargetAddresses } from './network.ts';
import type { HostAndPort } from './option-values.ts';
import { packageFunctions } from './package-functions.ts';
import { jsonReport, type LocalEvent, type Report, textReport } from './reporter.ts';
import { startSampleTarget } from './sample-target.ts';
import { startTraffic, type Traffic } from './traffic.ts';
import { watchPasses, watchScaling } from './watch.ts';

export interface LocalOptions {
  port: number;
  apiPort: number;
  timeScale: number;
  target: HostAndPort[];
  traffic?: number;
  churn: boolean;
  loopback: 'auto' | 'many' | 'single';
  json: boolean;
}

const stackName = 'albridge';
const sampleTargets = 2;
const targetPort = 80;
const trafficTellInterval = 5_000;

const templateUrl = new URL('../../../templates/bridge.template.json', import.meta.url);

/** What is to be closed at the end, the last opened first. */
type Closing = (() => unknown)[];

/** `albridge local`: runs until it is interrupted. */
export async function runLocal(options: LocalOptions): Promise<void> {
  const report = (options.json ? jsonReport : textReport)((line) => console.log(line));
  const closing: Closing = [];
  const interrupted = interruption();
  try {
    const traffic = await Promise.race([bringUp(options, report, closing), interrupted]);
    await interrupted;
    await traffic?.stop();
    report({ event: 'stopped', ...(traffic && { requests: traffic.requests, failures: traffic.failures }) });
  } finally {
    for (const close of closing.reverse()) await close();
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
  const clients = awsClients(local.endpoint);
  closing.push(() => clients.close());
  report({ event: 'starting', endpoint: local.endpoint, timeScale: options.timeScale });

  const network = await createNetwork(clients.ec2);
  const addresses = await createTargetAddresses(clients.ec2, network, options.target.length || sampleTargets);
  await placeTargets(local, addresses, options.target, closing);

  const outputs = await deploy(
    clients.cloudFormation,
    {
      stackName,
      template: await packageFunctions(clients.s3, templateUrl),
      parameters: {
        VpcId: network.vpcId,
        SubnetIds: network.subnetIds.join(','),
        TargetAddresses: addresses.join(','),
        TargetPort: String(targetPort),
        PathPatterns: options.target.length > 0 ? '/*' : '/hello*',
        HealthCheckPath: options.target.length > 0 ? '/' : '/hello',
      },
    },
    report,
  );
  report({ event: 'waiting', for: 'the first pass, and for the NLB to find the ALB’s nodes healthy' });
  await healthyTarget(clients.elbv2, outputs.NlbTargetGroupArn ?? '');

  const ready = describeReady(local, outputs);
  report(ready);
  closing.push(watchScaling(local.cell(), outputs.AlbArn ?? '', report), watchPasses(local.cell(), report));
  if (options.churn) closing.push(churn(local, outputs.AlbArn ?? ''));
  return options.traffic === undefined
    ? undefined
    : send(`${ready.apiUrl}/hello`, options.traffic, report, closing);
}

async function startLocalAws(
  { port, apiPort, timeScale, loopback }: LocalOptions,
  closing: Closing,
): Promise<Emulator> {
  const clock = wallClock(timeScale);
  closing.push(() => clock.close());
  try {
    const local = await startEmulator({ port, clock, dataPlane: { apiPort, loopback } });
    closing.push(() => local.close());
    return local;
  } catch (error) {
    if (!(error instanceof ListenError)) throw error;
    throw new UsageError(`${error.message} with ${error.port === apiPort ? '--api-port' : '--port'}`);
  }
}

/** Puts servers behind the addresses: the user's own, or sample targets. */
async function placeTargets(
  local: Emulator,
  addresses: string[],
  own: HostAndPort[],
  closing: Closing,
): Promise<void> {
  for (const [index, address] of addresses.entries()) {
    const forwardTo =
      own[index] ?? (await placeSample(local, `sample target ${index + 1}`, address, closing));
    local.cell().hosts.add({ address, port: targetPort, forwardTo });
  }
}

async function placeSample(
  local: Emulator,
  name: string,
  address: string,
  closing: Closing,
): Promise<HostAndPort> {
  const peerAddress = (accepted: Parameters<Emulator['peerAddress']>[0]) => local.peerAddress(accepted);
  const sample = await startSampleTarget({ name, address, peerAddress });
  closing.push(() => sample.close());
  return { host: '127.0.0.1', port: sample.port };
}

function describeReady(
  local: Emulator,
  outputs: Record<string, string>,
): Extract<LocalEvent, { event: 'ready' }> {
  const { hostname, pathname } = new URL(outputs.ApiUrl ?? '');
  const apiId = hostname.split('.')[0];
  return {
    event: 'ready',
    endpoint: local.endpoint,
    apiUrl: `${local.servers.apis}/${apiId}${pathname}`,
    dns: local.servers.dns ?? '',
    stackName,
    outputs,
  };
}

function churn(local: Emulator, albArn: string): () => void {
  const loadBalancer = albArn.split('/').at(-2) ?? '';
  const timer = startChurn(local.clock, { endpoint: local.endpoint, loadBalancer, random: Math.random });
  return () => timer.cancel();
}

function send(url: string, requestsPerSecond: number, report: Report, closing: Closing): Traffic {
  const traffic = startTraffic(url, requestsPerSecond, (cause) => report({ event: 'request-failed', cause }));
  const timer = setInterval(() => {
    report({ event: 'traffic', requests: traffic.requests, failures: traffic.failures });
  }, trafficTellInterval);
  closing.push(() => clearInterval(timer));
  return traffic;
}
