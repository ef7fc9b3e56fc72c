import {
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStacksCommand,
} from '@aws-sdk/client-cloudformation';
import { CreateBucketCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { type AwsClients, awsClients } from '../../src/cli/local/aws-clients.ts';
import { type Closing, closeAll } from '../../src/cli/local/closing.ts';
import { createNetwork, type LocalNetwork } from '../../src/cli/local/network.ts';
import { type Cell, type Emulator, scaledClock, startEmulator } from '../../src/emulator/index.ts';
import { until } from '../until.ts';

/** A local AWS with a network and a bucket, and stacks to deploy into it. */
export interface PeerWorld {
  local: Emulator;
  cell: Cell;
  clients: AwsClients;
  network: LocalNetwork;
  bucket: string;
  upload(key: string, body: Uint8Array): Promise<void>;
  /** Creates a stack; gives its outputs. */
  create(name: string, template: object): Promise<Record<string, string>>;
  delete(name: string): Promise<void>;
  /** `10.0.0.4`, sorted: the targets of a group that are registered and do not drain. */
  registered(targetGroupArn: string): string[];
  /** Addresses of the ALB's nodes that are in DNS, sorted. */
  inService(albArn: string): string[];
  /** From now on, until asked, notes each moment in which a group has nothing registered. */
  watchEmpty(targetGroupArns: readonly string[]): () => string[];
  close(): Promise<void>;
}

const bucket = 'code';

export async function startPeerWorld(timeScale: number): Promise<PeerWorld> {
  const closing: Closing = [];
  const clock = scaledClock(timeScale);
  closing.push(() => clock.close());
  const local = await startEmulator({ port: 0, clock, seed: 1, dataPlane: { apiPort: 0 } });
  closing.push(() => local.close());
  const clients = awsClients(local.endpoint);
  closing.push(() => clients.close());
  const cell = local.cell();
  const { cloudFormation, s3 } = clients;
  await s3.send(new CreateBucketCommand({ Bucket: bucket }));

  const settle = async (id: string, wanted: string): Promise<Record<string, string>> => {
    await until(cell.stacks.changes, () => !cell.stacks.find(id)?.status.endsWith('IN_PROGRESS'));
    const { Stacks } = await cloudFormation.send(new DescribeStacksCommand({ StackName: id }));
    const { StackStatus, Outputs = [] } = Stacks?.[0] ?? {};
    if (StackStatus !== wanted) throw new Error(`the stack '${id}' is ${StackStatus}, not ${wanted}`);
    return Object.fromEntries(Outputs.map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue]));
  };
  const registered = (arn: string): string[] =>
    [...(cell.loadBalancing.targetGroups.get(arn)?.registrations.values() ?? [])]
      .filter(({ state }) => state !== 'draining')
      .map(({ id }) => id)
      .sort();

  return {
    local,
    cell,
    clients,
    network: await createNetwork(clients.ec2),
    bucket,
    registered,
    async upload(Key, Body) {
      await s3.send(new PutObjectCommand({ Bucket: bucket, Key, Body }));
    },
    async create(StackName, template) {
      const { StackId = '' } = await cloudFormation.send(
        new CreateStackCommand({
          StackName,
          TemplateBody: JSON.stringify(template),
          Capabilities: ['CAPABILITY_IAM'],
        }),
      );
      return settle(StackId, 'CREATE_COMPLETE');
    },
    async delete(StackName) {
      const { Stacks } = await cloudFormation.send(new DescribeStacksCommand({ StackName }));
      await cloudFormation.send(new DeleteStackCommand({ StackName }));
      await settle(Stacks?.[0]?.StackId ?? '', 'DELETE_COMPLETE');
    },
    inService: (albArn) =>
      (cell.loadBalancing.loadBalancers.get(albArn)?.nodes ?? [])
        .filter(({ phase }) => phase === 'serving')
        .flatMap((node) => node.interface.privateIpAddresses)
        .sort(),
    watchEmpty(arns) {
      const empty = new Set<string>();
      const unsubscribe = cell.loadBalancing.changes.subscribe(() => {
        for (const arn of arns) if (registered(arn).length === 0) empty.add(arn);
      });
      return () => {
        unsubscribe();
        return [...empty];
      };
    },
    close: () => closeAll(closing),
  };
}
