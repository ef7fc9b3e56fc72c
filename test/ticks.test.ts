import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { CreateStackCommand } from '@aws-sdk/client-cloudformation';
import { App, DefaultStackSynthesizer, Duration, Stack } from 'aws-cdk-lib';
import { IpTarget } from 'aws-cdk-lib/aws-elasticloadbalancingv2-targets';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ApiGatewayAlbBridge, type ApiGatewayAlbBridgeProps } from '../src/cdk/index.ts';
import { LocalCode } from '../src/cdk/templates/local-code.ts';
import { type AwsClients, awsClients } from '../src/cli/local/aws-clients.ts';
import { packageFunctions } from '../src/cli/local/package-functions.ts';
import {
  type Cell,
  type Emulator,
  type SteppedClock,
  startEmulator,
  steppedClock,
} from '../src/emulator/index.ts';

/** The bridge as the construct makes it, with the built functions, on a clock that the test steps. */

const outdir = mkdtempSync(join(tmpdir(), 'albridge-ticks-'));
let clock: SteppedClock;
let local: Emulator;
let clients: AwsClients;
let cell: Cell;
/** When each pass of the bridge was told of, in seconds. */
let passes: number[];

beforeEach(async () => {
  clock = steppedClock();
  local = await startEmulator({ port: 0, clock, dataPlane: false, seed: 1 });
  clients = awsClients(local.endpoint);
  cell = local.cell();
  passes = [];
  cell.logGroups.subscribe(({ message }) => {
    if (message.includes('"PassDuration"')) passes.push(clock.now() / 1000);
  });
});

afterEach(async () => {
  clients.close();
  await local.close();
  rmSync(outdir, { recursive: true, force: true });
});

function synthesize(props: Partial<ApiGatewayAlbBridgeProps>): URL {
  const app = new App({ analyticsReporting: false, builtinCloudFormationValidation: false, outdir });
  const synthesizer = new DefaultStackSynthesizer({ generateBootstrapVersionRule: false });
  const stack = new Stack(app, 'Stack', { synthesizer });
  const code = (name: string) =>
    new LocalCode(fileURLToPath(new URL(`../dist/lambda/${name}`, import.meta.url)));
  new ApiGatewayAlbBridge(stack, 'Bridge', {
    addressesCode: code('addresses'),
    dispatchCode: code('dispatch'),
    syncCode: code('sync'),
    targets: [new IpTarget('10.0.0.10')],
    ...props,
  });
  return pathToFileURL(app.synth().getStackArtifact(stack.artifactId).templateFullPath);
}

async function deploy(props: Partial<ApiGatewayAlbBridgeProps>): Promise<void> {
  const TemplateBody = await packageFunctions(clients.s3, synthesize(props));
  await clients.cloudFormation.send(
    new CreateStackCommand({ StackName: 'ticks', TemplateBody, Capabilities: ['CAPABILITY_IAM'] }),
  );
  const status = () => cell.stacks.find('ticks')?.status ?? '';
  while (status().endsWith('IN_PROGRESS')) await pass(1);
  expect(status()).toBe('CREATE_COMPLETE');
}

/** Lets seconds go by, one at a time, each when the functions that run have ended. */
async function pass(seconds: number): Promise<void> {
  for (let second = 0; second < seconds; second++) {
    await clock.advance(1000);
    while ([...cell.functions.all].some(([name, { running }]) => running > 0 && !isGate(name))) {
      await setImmediate();
    }
  }
}

/** What waits for healthy targets ends only if time goes on, for as long as there are none. */
function isGate(functionName: string): boolean {
  const states = [...(addressGroup()?.registrations.values() ?? [])].map(({ state }) => state);
  const isHealthy = states.length > 0 && states.every((state) => state === 'healthy');
  return functionName.includes('Ready') && !isHealthy;
}

async function passUntil(condition: () => boolean): Promise<void> {
  while (!condition()) await pass(1);
}

async function scale(nodes: number): Promise<void> {
  const alb = [...cell.loadBalancing.loadBalancers.values()].find(({ type }) => type === 'application');
  await fetch(`${local.endpoint}/_emulator/load-balancers/${alb?.name}/scale`, {
    method: 'POST',
    body: JSON.stringify({ nodes }),
  });
}

function addresses(): string[] {
  const albs = [...cell.loadBalancing.loadBalancers.values()].filter(({ type }) => type === 'application');
  return albs.flatMap(({ nodes }) => nodes.flatMap((node) => node.interface.privateIpAddresses)).sort();
}

function addressGroup() {
  return [...cell.loadBalancing.targetGroups.values()].find(({ protocol }) => protocol === 'TCP');
}

function registered(): string[] {
  const targets = [...(addressGroup()?.registrations.values() ?? [])].filter(
    ({ state }) => state !== 'draining',
  );
  return targets.map(({ id }) => id).sort();
}

it('follows an ALB within two ticks of ten seconds', async () => {
  await deploy({ every: Duration.seconds(10) });
  await passUntil(() => passes.length > 6);
  expect(registered()).toEqual(addresses());

  const from = passes.length - 1;
  await pass(60);
  const gaps = passes.slice(from + 1).map((at, index) => at - (passes[from + index] ?? 0));
  // What a function tells reaches the log up to one step of the clock late.
  expect(
    gaps.every((gap) => gap >= 9 && gap <= 11),
    `gaps of ${gaps}`,
  ).toBe(true);
  expect(gaps.length).toBeGreaterThanOrEqual(5);

  await scale(5);
  await pass(20);
  expect(addresses()).toHaveLength(5);
  expect(registered()).toEqual(addresses());

  await scale(2);
  await passUntil(() => addresses().length === 2);
  await pass(20);
  expect(registered()).toEqual(addresses());
});

it('follows an ALB at once by events, and looks again for two minutes (FM16)', async () => {
  await deploy({ events: true });
  await passUntil(() => passes.length > 1);
  const before = passes.length;
  await passUntil(() => passes.length > before);
  // A pass of the schedule has just been: the next is a minute away.
  passes = [];
  await scale(3);
  await pass(6);
  expect(addresses()).toHaveLength(3);
  expect(registered()).toEqual(addresses());
  expect(passes).toHaveLength(1);

  const [start = 0] = passes;
  await pass(125);
  const after = passes.map((at) => Math.round(at - start));
  // Of the event, of its re-checks, and of the schedule's two minutes.
  expect(after).toHaveLength(1 + 4 + 2);
  for (const delay of [15, 30, 60, 120]) {
    expect(after.some((at) => Math.abs(at - delay) <= 1)).toBe(true);
  }
});
