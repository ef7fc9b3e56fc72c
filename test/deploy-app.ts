import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type Capability,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  UpdateStackCommand,
} from '@aws-sdk/client-cloudformation';
import { CreateBucketCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { App, DefaultStackSynthesizer, type Stack } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import { zipSync } from 'fflate';
import { type AwsClients, awsClients } from '../src/cli/local/aws-clients.ts';
import { type Closing, closeAll } from '../src/cli/local/closing.ts';
import { createNetwork, createTargetAddresses, type LocalNetwork } from '../src/cli/local/network.ts';
import { placeTargets } from '../src/cli/local/place-targets.ts';
import {
  type Cell,
  type Emulator,
  type StartInstance,
  scaledClock,
  startEmulator,
} from '../src/emulator/index.ts';
import { until } from './until.ts';

/** An account of the local AWS, with a network in it, to which stacks are deployed. */
export interface Account {
  cell: Cell;
  clients: AwsClients;
  network: LocalNetwork;
  /** Addresses of targets, with sample servers behind them. */
  targets: string[];
  /** The network as a stack imports it. */
  vpc: ec2.VpcAttributes;
  /** Creates or updates the stack that is made, its assets too, and gives its outputs; rejects with what failed. */
  deploy(stackName: string, make: (app: App) => Stack): Promise<Record<string, string>>;
  destroy(stackName: string): Promise<void>;
}

/** A local AWS, of which the default account is deployed to; and others on request. */
export interface Deployer extends Account {
  local: Emulator;
  /** Another account, whose network does not overlap with those before. */
  inAccount(account: string): Promise<Account>;
  /** Where this machine serves an API's address. */
  place(url: string): string;
  close(): Promise<void>;
}

export async function startDeployer(timeScale: number, startInstance?: StartInstance): Promise<Deployer> {
  const closing: Closing = [];
  const clock = scaledClock(timeScale);
  closing.push(() => clock.close());
  const local = await startEmulator({
    port: 0,
    clock,
    seed: 1,
    dataPlane: { apiPort: 0 },
    ...(startInstance && { startInstance }),
  });
  closing.push(() => local.close());
  const outdir = mkdtempSync(join(tmpdir(), 'albridge-app-'));
  closing.push(async () => rmSync(outdir, { recursive: true }));
  const into = { closing, local, outdir };
  let accounts = 0;
  return {
    ...(await openAccount(into, { account: '000000000000', range: '10.0' })),
    local,
    inAccount: (account) => openAccount(into, { account, range: `10.${++accounts}` }),
    place(url) {
      const { hostname, pathname } = new URL(url);
      return `${local.servers.apis}/${hostname.split('.')[0]}${pathname.replace(/\/$/, '')}`;
    },
    close: () => closeAll(closing),
  };
}

async function openAccount(
  { closing, local, outdir }: { closing: Closing; local: Emulator; outdir: string },
  { account, range }: { account: string; range: string },
): Promise<Account> {
  const clients = awsClients(local.endpoint, account);
  closing.push(() => clients.close());
  const cell = local.cell(account);
  const network = await createNetwork(clients.ec2, range);
  const targets = await createTargetAddresses(clients.ec2, network, 2);
  await placeTargets({ cell, peerAddress: local.peerAddress }, targets, [], closing);
  const { stacks } = cell;
  const assetBucket = `cdk-hnb659fds-assets-${account}-us-east-1`;
  await clients.s3.send(new CreateBucketCommand({ Bucket: assetBucket }));

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

  async function uploadAssets(): Promise<void> {
    for (const folder of readdirSync(outdir).filter((name) => name.startsWith('asset.'))) {
      const files = readdirSync(join(outdir, folder)).map((name) => [
        name,
        readFileSync(join(outdir, folder, name)),
      ]);
      const Key = `${folder.slice('asset.'.length)}.zip`;
      const Body = zipSync(Object.fromEntries(files));
      await clients.s3.send(new PutObjectCommand({ Bucket: assetBucket, Key, Body }));
    }
  }

  return {
    cell,
    clients,
    network,
    targets,
    vpc: {
      availabilityZones: ['us-east-1a', 'us-east-1b'],
      isolatedSubnetIds: network.subnetIds,
      vpcId: network.vpcId,
    },
    async deploy(stackName, make) {
      const app = new App({
        builtinCloudFormationValidation: false,
        // Nothing is bootstrapped here.
        defaultStackSynthesizer: new DefaultStackSynthesizer({ generateBootstrapVersionRule: false }),
        outdir,
      });
      const { artifactId } = make(app);
      const { template } = app.synth().getStackArtifact(artifactId);
      await uploadAssets();
      const TemplateBody = JSON.stringify(template);
      const Capabilities: Capability[] = ['CAPABILITY_NAMED_IAM'];
      const input = { StackName: stackName, TemplateBody, Capabilities };
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
  };
}
