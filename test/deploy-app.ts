import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  UpdateStackCommand,
} from '@aws-sdk/client-cloudformation';
import { CreateBucketCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { App, DefaultStackSynthesizer, type Stack } from 'aws-cdk-lib';
import { zipSync } from 'fflate';
import { type AwsClients, awsClients } from '../src/cli/local/aws-clients.ts';
import { type Closing, closeAll } from '../src/cli/local/closing.ts';
import { createNetwork, createTargetAddresses, type LocalNetwork } from '../src/cli/local/network.ts';
import { placeTargets } from '../src/cli/local/place-targets.ts';
import { type Emulator, type StartInstance, scaledClock, startEmulator } from '../src/emulator/index.ts';
import { until } from './until.ts';

const assetBucket = 'cdk-hnb659fds-assets-000000000000-us-east-1';

/** A local AWS, with a network and two sample targets in it, to which stacks are deployed. */
export interface Deployer {
  local: Emulator;
  clients: AwsClients;
  network: LocalNetwork;
  targets: string[];
  /** Creates or updates the stack that is made, its assets too, and gives its outputs; rejects with what failed. */
  deploy(stackName: string, make: (app: App) => Stack): Promise<Record<string, string>>;
  destroy(stackName: string): Promise<void>;
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

  await clients.s3.send(new CreateBucketCommand({ Bucket: assetBucket }));

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
    local,
    clients,
    network,
    targets,
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
