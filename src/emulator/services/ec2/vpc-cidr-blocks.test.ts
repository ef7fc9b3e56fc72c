import {
  AssociateVpcCidrBlockCommand,
  CreateVpcCommand,
  DescribeVpcsCommand,
  DisassociateVpcCidrBlockCommand,
  EC2Client,
} from '@aws-sdk/client-ec2';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { steppedClock } from '../../clock/stepped-clock.ts';
import { type Emulator, startEmulator } from '../../emulator.ts';

let local: Emulator;
let ec2: EC2Client;
let VpcId: string;

beforeEach(async () => {
  local = await startEmulator({ clock: steppedClock(), port: 0, dataPlane: false, seed: 1 });
  ec2 = new EC2Client({
    endpoint: local.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: '10.0.0.0/16' }));
  VpcId = Vpc?.VpcId ?? '';
});

afterEach(async () => {
  ec2.destroy();
  await local.close();
});

async function described() {
  const { Vpcs: [vpc] = [] } = await ec2.send(new DescribeVpcsCommand({ VpcIds: [VpcId] }));
  return {
    ipv4: vpc?.CidrBlockAssociationSet?.map(({ CidrBlock }) => CidrBlock),
    ipv6: vpc?.Ipv6CidrBlockAssociationSet?.map(({ Ipv6CidrBlock }) => Ipv6CidrBlock),
  };
}

it('a VPC takes further blocks of both families, and gives them up', async () => {
  const { CidrBlockAssociation } = await ec2.send(
    new AssociateVpcCidrBlockCommand({ VpcId, CidrBlock: '10.9.0.0/16' }),
  );
  await ec2.send(new AssociateVpcCidrBlockCommand({ VpcId, AmazonProvidedIpv6CidrBlock: true }));
  expect(await described()).toEqual({
    ipv4: ['10.0.0.0/16', '10.9.0.0/16'],
    ipv6: [expect.stringMatching(/^2600:1f.*::\/56$/)],
  });
  const { AssociationId } = CidrBlockAssociation ?? {};
  await ec2.send(new DisassociateVpcCidrBlockCommand({ AssociationId }));
  expect(await described()).toMatchObject({ ipv4: ['10.0.0.0/16'] });
});

it('a VPC refuses a block that overlaps another of its own', async () => {
  await expect(
    ec2.send(new AssociateVpcCidrBlockCommand({ VpcId, CidrBlock: '10.0.128.0/24' })),
  ).rejects.toMatchObject({ name: 'InvalidVpc.Range' });
});
