import { type CreateNetworkAclEntryCommandInput, EC2 } from '@aws-sdk/client-ec2';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { steppedClock } from '../../clock/stepped-clock.ts';
import { type Emulator, startEmulator } from '../../emulator.ts';

let local: Emulator;
let ec2: EC2;
let VpcId: string;
let SubnetId: string;

beforeEach(async () => {
  local = await startEmulator({ clock: steppedClock(), port: 0, dataPlane: false, seed: 1 });
  ec2 = new EC2({
    endpoint: local.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
  });
  VpcId = (await ec2.createVpc({ CidrBlock: '10.0.0.0/16' })).Vpc?.VpcId ?? '';
  SubnetId = (await ec2.createSubnet({ VpcId, CidrBlock: '10.0.0.0/24' })).Subnet?.SubnetId ?? '';
});

afterEach(async () => {
  ec2.destroy();
  await local.close();
});

const create = async () => (await ec2.createNetworkAcl({ VpcId })).NetworkAcl?.NetworkAclId ?? '';

const acls = async () => {
  const { NetworkAcls = [] } = await ec2.describeNetworkAcls({
    Filters: [{ Name: 'vpc-id', Values: [VpcId] }],
  });
  return NetworkAcls;
};

const entry = (NetworkAclId: string, other: Partial<CreateNetworkAclEntryCommandInput> = {}) => ({
  NetworkAclId,
  RuleNumber: 100,
  Protocol: '6',
  RuleAction: 'allow' as const,
  Egress: false,
  CidrBlock: '10.0.0.0/8',
  PortRange: { From: 80, To: 80 },
  ...other,
});

it('a new VPC has one, for all its subnets, that lets everything through', async () => {
  const [found] = await acls();
  expect(found).toMatchObject({ IsDefault: true, Associations: [{ SubnetId }] });
  expect(
    found?.Entries?.map(({ RuleNumber, RuleAction, Egress }) => [RuleNumber, RuleAction, Egress]),
  ).toEqual(
    expect.arrayContaining([
      [100, 'allow', true],
      [100, 'allow', false],
      [32_767, 'deny', true],
      [32_767, 'deny', false],
    ]),
  );
});

it('another one denies everything until it has entries, and takes subnets over', async () => {
  const id = await create();
  await ec2.createNetworkAclEntry(entry(id));
  await ec2.replaceNetworkAclEntry(entry(id, { RuleAction: 'deny' }));
  const before = (await acls()).find(({ IsDefault }) => IsDefault);
  const AssociationId = before?.Associations?.[0]?.NetworkAclAssociationId;
  await ec2.replaceNetworkAclAssociation({ AssociationId, NetworkAclId: id });
  const [own] = (await acls()).filter(({ NetworkAclId }) => NetworkAclId === id);
  expect(own).toMatchObject({ IsDefault: false, Associations: [{ SubnetId }] });
  expect(own?.Entries?.map(({ RuleNumber, RuleAction }) => [RuleNumber, RuleAction])).toEqual([
    [100, 'deny'],
    [32_767, 'deny'],
    [32_767, 'deny'],
  ]);
  await expect(ec2.deleteNetworkAcl({ NetworkAclId: id })).rejects.toMatchObject({
    name: 'DependencyViolation',
  });
  await expect(ec2.deleteVpc({ VpcId })).rejects.toMatchObject({ name: 'DependencyViolation' });
});

it.each([
  { name: 'a number that is taken', change: {}, code: 'NetworkAclEntryAlreadyExists' },
  { name: 'a number that is the last one’s', change: { RuleNumber: 32_767 }, code: 'InvalidParameterValue' },
  {
    name: 'a block that is none',
    change: { RuleNumber: 101, CidrBlock: '10.0.0.1/8' },
    code: 'InvalidParameterValue',
  },
  { name: 'TCP without ports', change: { RuleNumber: 101, PortRange: undefined }, code: 'MissingParameter' },
])('refuses an entry with $name', async ({ change, code }) => {
  const id = await create();
  await ec2.createNetworkAclEntry(entry(id));
  await expect(ec2.createNetworkAclEntry(entry(id, change))).rejects.toMatchObject({ name: code });
});

it('takes 20 entries in each direction', async () => {
  const id = await create();
  for (let number = 1; number <= 20; number++)
    await ec2.createNetworkAclEntry(entry(id, { RuleNumber: number }));
  await expect(ec2.createNetworkAclEntry(entry(id, { RuleNumber: 21 }))).rejects.toMatchObject({
    name: 'NetworkAclEntryLimitExceeded',
  });
  await ec2.createNetworkAclEntry(entry(id, { RuleNumber: 21, Egress: true }));
});

it('the default one stays', async () => {
  const [found] = await acls();
  await expect(ec2.deleteNetworkAcl({ NetworkAclId: found?.NetworkAclId })).rejects.toMatchObject({
    name: 'InvalidParameterValue',
  });
});
