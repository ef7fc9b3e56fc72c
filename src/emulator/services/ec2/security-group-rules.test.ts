import { EC2, type IpPermission } from '@aws-sdk/client-ec2';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { steppedClock } from '../../clock/stepped-clock.ts';
import { type Emulator, startEmulator } from '../../emulator.ts';

let local: Emulator;
let ec2: EC2;
let GroupId: string;

beforeEach(async () => {
  local = await startEmulator({ clock: steppedClock(), port: 0, dataPlane: false, seed: 1 });
  ec2 = new EC2({
    endpoint: local.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
  });
  GroupId = (await ec2.createSecurityGroup({ GroupName: 'group', Description: 'group' })).GroupId ?? '';
});

afterEach(async () => {
  ec2.destroy();
  await local.close();
});

const tcp = (port: number, peers: IpPermission) => ({
  GroupId,
  IpPermissions: [{ IpProtocol: 'tcp', FromPort: port, ToPort: port, ...peers }],
});

const blocks = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ CidrIp: `10.0.${index}.0/24` }));

async function authorize(port: number, peers: IpPermission): Promise<string[]> {
  const { SecurityGroupRules = [] } = await ec2.authorizeSecurityGroupIngress(tcp(port, peers));
  return SecurityGroupRules.map(({ SecurityGroupRuleId = '' }) => SecurityGroupRuleId);
}

const rules = async () => {
  const { SecurityGroupRules = [] } = await ec2.describeSecurityGroupRules({
    Filters: [{ Name: 'group-id', Values: [GroupId] }],
  });
  return SecurityGroupRules.filter(({ IsEgress }) => !IsEgress);
};

describe('a rule', () => {
  it('changes whole: ports, peer and description', async () => {
    const [SecurityGroupRuleId = ''] = await authorize(80, { IpRanges: blocks(1) });
    const wanted = { IpProtocol: 'tcp', FromPort: 443, ToPort: 444, ReferencedGroupId: GroupId };
    await ec2.modifySecurityGroupRules({
      GroupId,
      SecurityGroupRules: [{ SecurityGroupRuleId, SecurityGroupRule: { ...wanted, Description: 'self' } }],
    });
    const [found] = await rules();
    expect(found).toMatchObject({ SecurityGroupRuleId, FromPort: 443, ToPort: 444, Description: 'self' });
    expect(found?.ReferencedGroupInfo?.GroupId).toBe(GroupId);
    expect(found?.CidrIpv4).toBeUndefined();
  });

  it('does not become what another is', async () => {
    const [first = '', second = ''] = await authorize(80, { IpRanges: blocks(2) });
    const SecurityGroupRule = { IpProtocol: 'tcp', FromPort: 80, ToPort: 80, CidrIpv4: '10.0.0.0/24' };
    await expect(
      ec2.modifySecurityGroupRules({
        GroupId,
        SecurityGroupRules: [{ SecurityGroupRuleId: second, SecurityGroupRule }],
      }),
    ).rejects.toMatchObject({ name: 'InvalidPermission.Duplicate' });
    expect((await rules()).map(({ SecurityGroupRuleId }) => SecurityGroupRuleId).sort()).toEqual(
      [first, second].sort(),
    );
  });

  it('takes another description, by what it permits or by its id', async () => {
    const [SecurityGroupRuleId = ''] = await authorize(80, { IpRanges: blocks(1) });
    const described = async () => (await rules())[0]?.Description;
    await ec2.updateSecurityGroupRuleDescriptionsIngress(
      tcp(80, { IpRanges: [{ CidrIp: '10.0.0.0/24', Description: 'one' }] }),
    );
    expect(await described()).toBe('one');
    const SecurityGroupRuleDescriptions = [{ SecurityGroupRuleId, Description: 'two' }];
    await ec2.updateSecurityGroupRuleDescriptionsIngress({ GroupId, SecurityGroupRuleDescriptions });
    expect(await described()).toBe('two');
    await expect(
      ec2.updateSecurityGroupRuleDescriptionsIngress(tcp(81, { IpRanges: blocks(1) })),
    ).rejects.toMatchObject({ name: 'InvalidPermission.NotFound' });
  });
});

it.each([
  {
    name: 'a group that is not there',
    peers: { UserIdGroupPairs: [{ GroupId: 'sg-1' }] },
    code: 'InvalidGroup.NotFound',
  },
  {
    name: 'a prefix list that is not there',
    peers: { PrefixListIds: [{ PrefixListId: 'pl-1' }] },
    code: 'InvalidPrefixListID.NotFound',
  },
  {
    name: 'a block that is none',
    peers: { IpRanges: [{ CidrIp: '10.0.0.1/8' }] },
    code: 'InvalidParameterValue',
  },
  {
    name: 'an IPv6 block that is none',
    peers: { Ipv6Ranges: [{ CidrIpv6: 'fd00::/129' }] },
    code: 'InvalidParameterValue',
  },
])('refuses a rule for $name', async ({ peers, code }) => {
  await expect(authorize(80, peers)).rejects.toMatchObject({ name: code });
  expect(await rules()).toEqual([]);
});

it('a group holds 60 rules of each family, in each direction', async () => {
  await authorize(80, { IpRanges: blocks(60) });
  await authorize(80, { Ipv6Ranges: [{ CidrIpv6: 'fd00::/8' }] });
  await expect(authorize(81, { IpRanges: blocks(1) })).rejects.toMatchObject({
    name: 'RulesPerSecurityGroupLimitExceeded',
  });
  await ec2.authorizeSecurityGroupEgress(tcp(80, { IpRanges: blocks(1) }));
  expect(await rules()).toHaveLength(61);
});
