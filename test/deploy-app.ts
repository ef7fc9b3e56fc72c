import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import {
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  UpdateStackCommand,
} from '@aws-sdk/client-cloudformation';
import { App, LegacyStackSynthesizer, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { LocalCode } from '../src/cdk/templates/local-code.ts';
import { type AwsClients, awsClients } from '../src/cli/local/aws-clients.ts';
import { type Closing, closeAll } from '../src/cli/local/closing.ts';
import { createNetwork, createTargetAddresses, type LocalNetwork } from '../src/cli/local/network.ts';
import { packageFunctions } from '../src/cli/local/package-functions.ts';
import { placeTargets } from '../src/cli/local/place-targets.ts';
import { type Emulator, startEmulator, wallClock } from '../src/emulator/index.ts';
import { until } from './until.ts';

const code = (name: string): LocalCode =>
  new LocalCode(fileURLToPath(new URL(`../dist/lambda/${name}`, import.meta.url)));

/** The shipped functions, as the properties of a bridge take them. */
export const functions = {
  addressesCode: code('addresses'),
  dispatchCode: code('dispatch'),
  syncCode: code('sync'),
};

/** A local AWS, with a network and two sample targets in it, to which stacks are deployed. */
export interface Deployer {
  local: Emulator;
  clients: AwsClients;
  network: LocalNetwork;
  targets: string[];
  /** Creates or updates the stack with what fills it, and gives its outputs; rejects with the reasons of a failure. */
  deploy(stackName: string, fill: (stack: Stack) => void): Promise<Record<string, string>>;
  destroy(stackName: string): Promise<void>;
  /** Where this machine serves an API's address. */
  place(url: string): string;
  close(): Promise<void>;
}

export async function startDeployer(timeScale: number): Promise<Deployer> {
  const closing: Closing = [];
  const clock = wallClock(timeScale);
  closing.push(() => clock.close());
  const local = await startEmulator({ port: 0, clock, seed: 1, dataPlane: { apiPort: 0 } });
  closing.push(() => local.close());
  const clients = awsClients(local.endpoint);
  closing.push(() => clients.close());
  const outdir = mkdtempSync(join(tmpdir(), 'albridge-app-'));
  closing.push(async () => rmSync(outdir, { recursive: true }));
  const network = await createNetwork(clients.ec2);
  const targets = await createTargetAddresses(clients.ec2, network, 2);
  await placeTargets(local, targets, [], closing);
  const { stacks } = local.cell();

  async function settled(nameOrId: string, wanted: string): Promise<void> {
    await until(stacks.changes, () => !stacks.find(nameOrId)?.status.endsWith('IN_PROGRESS'));
    if (stacks.find(nameOrId)?.status === wanted) return;
    const { StackEvents = [] } = await clients.cloudFormation.send(
      new DescribeStackEventsCommand({ StackName: nameOrId }),
    );
    const reasons = StackEvents.filter(({ ResourceStatus }) => ResourceStatus?.endsWith('FAILED')).map(
      ({ LogicalResourceId, ResourceStatusReason }) => `${LogicalResourceId}: ${ResourceStatusReason}`,
    );
    throw new Error(`${nameOrId} is ${stacks.find(nameOrId)?.status}, not ${wanted}: ${reasons.join('\n')}`);
  }

  return {
    local,
    clients,
    network,
    targets,
    async deploy(stackName, fill) {
      const stack = new Stack(new App({ builtinCloudFormationValidation: false, outdir }), stackName, {
        synthesizer: new LegacyStackSynthesizer(),
      });
      fill(stack);
      const file = join(outdir, `${stackName}.json`);
      writeFileSync(file, JSON.stringify(Template.fromStack(stack).toJSON()));
      const TemplateBody = await packageFunctions(clients.s3, pathToFileURL(file));
      const input = { StackName: stackName, TemplateBody, Capabilities: ['CAPABILITY_IAM' as const] };
      const isThere = stacks.find(stackName) !== undefined;
      await clients.cloudFormation.send(
        isThere ? new UpdateStackCommand(input) : new CreateStackCommand(input),
      );
      await settled(stackName, isThere ? 'UPDATE_COMPLETE' : 'CREATE_COMPLETE');
      const { Stacks } = await clients.cloudFormation.send(
        new DescribeStacksCommand({ StackName: stackName }),
      );
      return Object.fromEntries(
        (Stacks?.[0]?.Outputs ?? []).map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue]),
      );
    },
    async destroy(stackName) {
      const id = stacks.find(stackName)?.id ?? '';
      await clients.cloudFormation.send(new DeleteStackCommand({ StackName: stackName }));
      await settled(id, 'DELETE_COMPLETE');
    },
    place(url) {
      const { hostname, pathname } = new URL(url);
      return `${local.servers.apis}/${hostname.split('.')[0]}${pathname.replace(/\/$/, '')}`;
    },
    close: () => closeAll(closing),
  };
}
