import {
  AuthorizeSecurityGroupIngressCommand,
  CreateManagedPrefixListCommand,
  CreateSecurityGroupCommand,
  DeleteManagedPrefixListCommand,
  DescribeManagedPrefixListsCommand,
  EC2Client,
  GetManagedPrefixListAssociationsCommand,
  GetManagedPrefixListEntriesCommand,
  ModifyManagedPrefixListCommand,
  type ModifyManagedPrefixListCommandInput,
} from '@aws-sdk/client-ec2';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type SteppedClock, steppedClock } from '../../clock/stepped-clock.ts';
import { type Emulator, startEmulator } from '../../emulator.ts';

let clock: SteppedClock;
let local: Emulator;
let ec2: EC2Client;

beforeEach(async () => {
  clock = steppedClock();
  local = await startEmulator({ clock, port: 0, dataPlane: false, seed: 1 });
  ec2 = new EC2Client({
    endpoint: local.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
  });
});

afterEach(async () => {
  ec2.destroy();
  await local.close();
});

const cidrs = (count: number, third = 0) =>
  Array.from({ length: count }, (_, index) => ({ Cidr: `10.0.${third}.${index}/32` }));

async function create(MaxEntries = 5, Entries = cidrs(1), AddressFamily = 'IPv4'): Promise<string> {
  const input = { PrefixListName: 'allowed', MaxEntries, Entries, AddressFamily };
  const { PrefixList } = await ec2.send(new CreateManagedPrefixListCommand(input));
  await clock.advance(5_000);
  return PrefixList?.PrefixListId ?? '';
}

const modify = (PrefixListId: string, change: Partial<ModifyManagedPrefixListCommandInput>) =>
  ec2.send(new ModifyManagedPrefixListCommand({ PrefixListId, ...change }));

async function described(id: string) {
  const { PrefixLists = [] } = await ec2.send(new DescribeManagedPrefixListsCommand({ PrefixListIds: [id] }));
  return PrefixLists[0];
}

async function entries(PrefixListId: string, TargetVersion?: number): Promise<(string | undefined)[]> {
  const { Entries = [] } = await ec2.send(
    new GetManagedPrefixListEntriesCommand({ PrefixListId, TargetVersion }),
  );
  return Entries.map(({ Cidr }) => Cidr);
}

async function group(): Promise<string> {
  const { GroupId = '' } = await ec2.send(
    new CreateSecurityGroupCommand({ GroupName: 'group', Description: 'group' }),
  );
  return GroupId;
}

const refer = (GroupId: string, PrefixListId: string) =>
  ec2.send(
    new AuthorizeSecurityGroupIngressCommand({
      GroupId,
      IpPermissions: [{ IpProtocol: 'tcp', FromPort: 80, ToPort: 80, PrefixListIds: [{ PrefixListId }] }],
    }),
  );

describe('a prefix list', () => {
  it('takes a while over each change, shows the old version meanwhile, and takes no other', async () => {
    const id = await create();
    await modify(id, { CurrentVersion: 1, AddEntries: [{ Cidr: '10.0.0.9/32' }] });
    expect(await described(id)).toMatchObject({ State: 'modify-in-progress', Version: 1 });
    expect(await entries(id)).toEqual(['10.0.0.0/32']);
    await expect(modify(id, { CurrentVersion: 1, RemoveEntries: cidrs(1) })).rejects.toMatchObject({
      name: 'IncorrectState',
      message: expect.stringContaining('(modify-in-progress)'),
    });
    await clock.advance(5_000);
    expect(await described(id)).toMatchObject({ State: 'modify-complete', Version: 2 });
    expect(await entries(id)).toEqual(['10.0.0.0/32', '10.0.0.9/32']);
    expect(await entries(id, 1)).toEqual(['10.0.0.0/32']);
  });

  it.each([
    { name: 'an old version', change: { CurrentVersion: 2 }, code: 'PrefixListVersionMismatch' },
    { name: 'no version', change: { CurrentVersion: undefined }, code: 'PrefixListVersionMismatch' },
    {
      name: 'an entry that is there',
      change: { AddEntries: cidrs(1) },
      code: 'InvalidPrefixListModification',
    },
    {
      name: 'the removal of what is not there',
      change: { AddEntries: [], RemoveEntries: [{ Cidr: '10.9.9.9/32' }] },
      code: 'InvalidPrefixListModification',
    },
    {
      name: 'more than fit',
      change: { AddEntries: cidrs(5, 1) },
      code: 'PrefixListMaxEntriesExceeded',
    },
    { name: 'more than 100', change: { AddEntries: cidrs(101, 1) }, code: 'InvalidParameterValue' },
    {
      name: 'another family',
      change: { AddEntries: [{ Cidr: 'fd00::1/128' }] },
      code: 'InvalidParameterValue',
    },
    { name: 'a new size besides', change: { MaxEntries: 9 }, code: 'InvalidParameterCombination' },
  ])('refuses $name, and stays as it is', async ({ change, code }) => {
    const id = await create();
    const asked = { CurrentVersion: 1, AddEntries: [{ Cidr: '10.0.0.9/32' }], ...change };
    await expect(modify(id, asked)).rejects.toMatchObject({ name: code });
    expect(await described(id)).toMatchObject({ State: 'create-complete', Version: 1 });
  });

  it('pages through its entries', async () => {
    const id = await create(100, cidrs(12));
    const { Entries = [], NextToken } = await ec2.send(
      new GetManagedPrefixListEntriesCommand({ PrefixListId: id, MaxResults: 10 }),
    );
    const { Entries: rest = [] } = await ec2.send(
      new GetManagedPrefixListEntriesCommand({ PrefixListId: id, MaxResults: 10, NextToken }),
    );
    expect(new Set([...Entries, ...rest].map(({ Cidr }) => Cidr)).size).toBe(12);
  });

  it('lets in whom it holds, where a security group refers to it', async () => {
    const id = await create();
    const groupId = await group();
    await refer(groupId, id);
    const { network } = local.cell();
    expect(network.admits([groupId], { address: '10.0.0.0' }, 80)).toBe(true);
    expect(network.admits([groupId], { address: '10.0.0.0' }, 81)).toBe(false);
    expect(network.admits([groupId], { address: '10.0.0.9' }, 80)).toBe(false);
    await modify(id, { CurrentVersion: 1, AddEntries: [{ Cidr: '10.0.0.9/32' }], RemoveEntries: cidrs(1) });
    await clock.advance(5_000);
    expect(network.admits([groupId], { address: '10.0.0.0' }, 80)).toBe(false);
    expect(network.admits([groupId], { address: '10.0.0.9' }, 80)).toBe(true);
  });

  it('lets IPv6 addresses in as well', async () => {
    const id = await create(5, [{ Cidr: 'fd00::/16' }], 'IPv6');
    const groupId = await group();
    await refer(groupId, id);
    const { network } = local.cell();
    expect(network.admits([groupId], { address: 'fd00::1' }, 80)).toBe(true);
    expect(network.admits([groupId], { address: 'fd01::1' }, 80)).toBe(false);
  });

  it('costs a group as many rules as it may have entries', async () => {
    const groupId = await group();
    await refer(groupId, await create(60));
    await expect(refer(groupId, await create(1))).rejects.toMatchObject({
      name: 'RulesPerSecurityGroupLimitExceeded',
    });
    await refer(groupId, await create(60, [], 'IPv6'));
  });

  it('does not grow beyond what a group that refers to it may hold', async () => {
    const id = await create(60);
    await refer(await group(), id);
    await expect(modify(id, { MaxEntries: 61 })).rejects.toMatchObject({
      name: 'RulesPerSecurityGroupLimitExceeded',
    });
    await modify(id, { MaxEntries: 59 });
    await clock.advance(5_000);
    expect(await described(id)).toMatchObject({ MaxEntries: 59, Version: 1 });
  });

  it('names the groups that refer to it, and cannot be deleted meanwhile', async () => {
    const id = await create();
    const groupId = await group();
    await refer(groupId, id);
    const { PrefixListAssociations } = await ec2.send(
      new GetManagedPrefixListAssociationsCommand({ PrefixListId: id }),
    );
    expect(PrefixListAssociations).toEqual([{ ResourceId: groupId, ResourceOwner: '000000000000' }]);
    const deletion = new DeleteManagedPrefixListCommand({ PrefixListId: id });
    await expect(ec2.send(deletion)).rejects.toMatchObject({ name: 'DependencyViolation' });
    local.cell().network.securityGroups.delete(groupId);
    await ec2.send(deletion);
    expect(await described(id)).toMatchObject({ State: 'delete-in-progress' });
    await clock.advance(5_000);
    await expect(described(id)).rejects.toMatchObject({ name: 'InvalidPrefixListID.NotFound' });
  });
});
