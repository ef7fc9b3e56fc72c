import {
  AuthorizeSecurityGroupIngressCommand,
  type AuthorizeSecurityGroupIngressCommandInput,
  DescribeSecurityGroupRulesCommand,
  RevokeSecurityGroupIngressCommand,
} from '@aws-sdk/client-ec2';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { refuse } from '../aws/testing/intercept.ts';
import { type LocalAws, startLocalAws } from '../aws/testing/local-aws.ts';
import { policyDefaults } from '../engine/policy.ts';
import { reconcile } from '../engine/reconcile.ts';
import type { Sink } from '../engine/sink.ts';
import { staticSource } from '../sources/static.ts';
import { securityGroupSink } from './security-group.ts';
import type { PortRange } from './security-group-rules.ts';

let aws: LocalAws;
let groupId: string;
let sink: Sink;

beforeEach(async () => {
  aws = await startLocalAws();
  groupId = await aws.securityGroup('alb');
  sink = opening(http);
});

afterEach(() => aws.close());

const http: PortRange = { protocol: 'tcp', fromPort: 80, toPort: 80 };
const https: PortRange = { protocol: 'tcp', fromPort: 443, toPort: 443 };
const games: PortRange = { protocol: 'udp', fromPort: 7_000, toPort: 7_999 };

const opening = (...ports: PortRange[]) =>
  securityGroupSink({ clients: aws.clients, groupId, ports, owner: 'edge' });

const authorize = (CidrIp: string, Description: string, port = 80) =>
  aws.clients.ec2.send(
    new AuthorizeSecurityGroupIngressCommand({
      GroupId: groupId,
      IpPermissions: [
        { IpProtocol: 'tcp', FromPort: port, ToPort: port, IpRanges: [{ CidrIp, Description }] },
      ],
    }),
  );

/** `10.0.0.1/32 80 description`, of ingress rules, sorted. */
async function rules(): Promise<string[]> {
  const { SecurityGroupRules = [] } = await aws.clients.ec2.send(
    new DescribeSecurityGroupRulesCommand({ Filters: [{ Name: 'group-id', Values: [groupId] }] }),
  );
  return SecurityGroupRules.filter(({ IsEgress }) => !IsEgress)
    .map((rule) => `${rule.CidrIpv4 ?? rule.CidrIpv6} ${rule.FromPort} ${rule.Description}`)
    .sort();
}

const countOf = (operation: string) => aws.calls.filter((call) => call.operation === operation).length;

describe('a security-group sink', () => {
  it('marks the rules it makes, and reads them as its own (FM22)', async () => {
    expect(await sink.add(['10.0.0.1', '10.0.0.2'])).toEqual({
      addresses: ['10.0.0.1', '10.0.0.2'],
      errors: [],
    });
    expect(await rules()).toEqual(['10.0.0.1/32 80 albridge: edge', '10.0.0.2/32 80 albridge: edge']);
    const { entries, healthChecked } = await sink.read();
    expect(entries).toEqual([
      { address: '10.0.0.1', state: 'healthy', id: expect.stringMatching(/^sgr-/) },
      { address: '10.0.0.2', state: 'healthy', id: expect.stringMatching(/^sgr-/) },
    ]);
    expect(healthChecked).toBe(false);
  });

  it("reads others' rules for the same port as foreign, and does not see what else there is (FM13)", async () => {
    await authorize('10.0.0.1/32', 'by hand');
    await authorize('10.0.0.2/32', 'albridge: other');
    await authorize('10.0.0.3/32', 'by hand', 443);
    await authorize('10.0.0.0/24', 'albridge: edge');
    const { entries } = await sink.read();
    expect([...entries].sort((one, other) => one.address.localeCompare(other.address))).toEqual([
      expect.objectContaining({ address: '10.0.0.1', foreign: true }),
      expect.objectContaining({ address: '10.0.0.2', foreign: true }),
    ]);
  });

  it('reads the rules of its own group alone (FM13)', async () => {
    const other = await aws.securityGroup('other');
    await securityGroupSink({ clients: aws.clients, groupId: other, ports: [http], owner: 'edge' }).add([
      '10.0.0.1',
    ]);
    expect((await sink.read()).entries).toEqual([]);
  });

  it('cannot be read without permission, and says so', async () => {
    refuse(aws, 'DescribeSecurityGroupRules');
    await expect(sink.read()).rejects.toMatchObject({
      code: 'sink-unreadable',
      message: expect.stringContaining(`ec2:DescribeSecurityGroupRules of '${groupId}' failed: Unauth`),
      cause: { name: 'UnauthorizedOperation' },
    });
  });

  it('says which rules AWS refuses to make, and to revoke', async () => {
    await sink.add(['10.0.0.1', '10.0.0.2']);
    const { entries } = await sink.read();
    refuse(aws, 'AuthorizeSecurityGroupIngress');
    refuse(aws, 'RevokeSecurityGroupIngress');
    expect(await sink.add(['10.0.0.3'])).toMatchObject({
      addresses: [],
      errors: [{ message: expect.stringContaining('ec2:AuthorizeSecurityGroupIngress of 10.0.0.3 failed') }],
    });
    expect(await sink.remove(entries)).toMatchObject({
      addresses: [],
      errors: [
        { message: expect.stringContaining('ec2:RevokeSecurityGroupIngress of 10.0.0.1, 10.0.0.2 failed') },
      ],
    });
  });

  it('takes a rule that is there already for made, and makes the others of its batch', async () => {
    await authorize('10.0.0.2/32', 'by hand');
    const added = await sink.add(['10.0.0.1', '10.0.0.2', '10.0.0.3']);
    expect(added).toEqual({ addresses: ['10.0.0.1', '10.0.0.2', '10.0.0.3'], errors: [] });
    expect(await rules()).toEqual([
      '10.0.0.1/32 80 albridge: edge',
      '10.0.0.2/32 80 by hand',
      '10.0.0.3/32 80 albridge: edge',
    ]);
  });

  it('revokes by rule id, in one call', async () => {
    await sink.add(['10.0.0.1', '10.0.0.2', '10.0.0.3']);
    const { entries } = await sink.read();
    const { errors } = await sink.remove(entries.filter(({ address }) => address !== '10.0.0.3'));
    expect(errors).toEqual([]);
    expect(await rules()).toEqual(['10.0.0.3/32 80 albridge: edge']);
    expect(countOf('RevokeSecurityGroupIngress')).toBe(1);
  });

  it('takes a rule that is gone already for revoked, and revokes the others of its batch', async () => {
    await sink.add(['10.0.0.1', '10.0.0.2']);
    const { entries } = await sink.read();
    const [first] = entries;
    await aws.clients.ec2.send(
      new RevokeSecurityGroupIngressCommand({ GroupId: groupId, SecurityGroupRuleIds: [first?.id ?? ''] }),
    );
    expect((await sink.remove(entries)).errors).toEqual([]);
    expect(await rules()).toEqual([]);
  });

  it('fills a group up to its limit, and says what to do about the rest (FM22)', async () => {
    const many = Array.from({ length: 62 }, (_, index) => `10.0.1.${index}`);
    const { addresses, errors, full } = await sink.add(many);
    expect(addresses).toEqual(many.slice(0, 60));
    expect(full).toBe(true);
    expect(errors).toMatchObject([
      {
        code: 'write-failed',
        message: expect.stringMatching(/RulesPerSecurityGroupLimitExceeded.*higher quota/),
      },
    ]);
  });

  it('holds IPv6 addresses as well', async () => {
    await sink.add(['fd00::1']);
    expect(await rules()).toEqual(['fd00::1/128 80 albridge: edge']);
    expect((await sink.read()).entries).toMatchObject([{ address: 'fd00::1' }]);
  });
});

describe('a security-group sink of several ports', () => {
  beforeEach(() => {
    sink = opening(http, https, games);
  });

  it('makes a rule for each, in one call, and takes them for one entry', async () => {
    expect(await sink.add(['10.0.0.1', 'fd00::1'])).toEqual({
      addresses: ['10.0.0.1', 'fd00::1'],
      errors: [],
    });
    expect(await rules()).toEqual([
      '10.0.0.1/32 443 albridge: edge',
      '10.0.0.1/32 7000 albridge: edge',
      '10.0.0.1/32 80 albridge: edge',
      'fd00::1/128 443 albridge: edge',
      'fd00::1/128 7000 albridge: edge',
      'fd00::1/128 80 albridge: edge',
    ]);
    expect(countOf('AuthorizeSecurityGroupIngress')).toBe(1);
    const { entries } = await sink.read();
    expect(entries).toMatchObject([
      { address: '10.0.0.1', state: 'healthy' },
      { address: 'fd00::1', state: 'healthy' },
    ]);
    await sink.remove(entries);
    expect(await rules()).toEqual([]);
    expect(countOf('RevokeSecurityGroupIngress')).toBe(1);
  });

  it("makes only the rules that are missing, counting others' as made, and removes only its own (FM13)", async () => {
    await authorize('10.0.0.1/32', 'by hand', 443);
    await opening(http).add(['10.0.0.1']);
    const { entries } = await sink.read();
    expect(entries).toEqual([
      { address: '10.0.0.1', state: 'initial', unfit: 'incomplete', id: expect.stringMatching(/^sgr-/) },
    ]);
    aws.calls.length = 0;
    await sink.add(['10.0.0.1', 'fd00::1']);
    const [call] = aws.calls.map(({ input }) => input as AuthorizeSecurityGroupIngressCommandInput);
    const Description = 'albridge: edge';
    const v4 = [{ CidrIp: '10.0.0.1/32', Description }];
    const v6 = [{ CidrIpv6: 'fd00::1/128', Description }];
    expect(call?.IpPermissions).toEqual([
      { IpProtocol: 'tcp', FromPort: 80, ToPort: 80, Ipv6Ranges: v6 },
      { IpProtocol: 'tcp', FromPort: 443, ToPort: 443, Ipv6Ranges: v6 },
      { IpProtocol: 'udp', FromPort: 7_000, ToPort: 7_999, IpRanges: v4, Ipv6Ranges: v6 },
    ]);
    await sink.remove((await sink.read()).entries.filter(({ address }) => address === 'fd00::1'));
    const whole = await sink.read();
    expect(whole.entries).toMatchObject([{ address: '10.0.0.1', state: 'healthy' }]);
    await sink.remove(whole.entries);
    expect(await rules()).toEqual(['10.0.0.1/32 443 by hand']);
  });

  it('opens no range of ports to nobody', async () => {
    await opening(http, https).add(['10.0.0.1']);
    await sink.read();
    aws.calls.length = 0;
    await sink.add(['10.0.0.1']);
    const [call] = aws.calls.map(({ input }) => input as AuthorizeSecurityGroupIngressCommandInput);
    expect(call?.IpPermissions).toMatchObject([{ IpProtocol: 'udp', IpRanges: [{}] }]);
    expect(call?.IpPermissions?.[0]).not.toHaveProperty('Ipv6Ranges');
  });

  it('reads what it is to open no longer as one entry that has to go, with all its rules', async () => {
    await opening(http, https).add(['10.0.0.1']);
    const sinkOfGames = opening(games);
    const { entries } = await sinkOfGames.read();
    expect(entries).toEqual([
      {
        address: '10.0.0.1',
        state: 'initial',
        unfit: 'obsolete',
        id: expect.stringMatching(/^sgr-\w+ sgr-\w+$/),
      },
    ]);
    expect(await sinkOfGames.remove(entries)).toEqual({ addresses: ['10.0.0.1'], errors: [] });
    expect(await rules()).toEqual([]);
  });

  it('takes what only others opened, in part, for theirs (FM13)', async () => {
    await authorize('10.0.0.1/32', 'by hand', 443);
    expect((await sink.read()).entries).toMatchObject([
      { address: '10.0.0.1', foreign: true, unfit: 'incomplete' },
    ]);
  });

  it('does not count an address as added while one of its rules does not fit (FM22, FM32)', async () => {
    const many = Array.from({ length: 21 }, (_, index) => `10.0.1.${index + 10}`);
    await authorize('10.9.9.9/32', 'by hand', 22);
    const { addresses, full } = await sink.add(many);
    expect(addresses).toEqual(many.slice(0, 19));
    expect(full).toBe(true);
  });
});

describe('a pass over a security group', () => {
  const pass = (desired: string[], ...ports: PortRange[]) =>
    reconcile({
      name: 'edge',
      source: staticSource(desired),
      sink: opening(...ports),
      policy: { mode: 'sync', ...policyDefaults },
    });

  it('opens the ports that are configured now, and then closes those that no longer are', async () => {
    await pass(['10.0.0.1'], http, games);
    await authorize('10.0.0.1/32', 'by hand', 22);
    aws.calls.length = 0;
    const outcome = await pass(['10.0.0.1'], http, https);
    expect(outcome).toMatchObject({
      added: ['10.0.0.1'],
      removed: [{ address: '10.0.0.1', cause: 'obsolete' }],
      registered: ['10.0.0.1'],
    });
    expect(await rules()).toEqual([
      '10.0.0.1/32 22 by hand',
      '10.0.0.1/32 443 albridge: edge',
      '10.0.0.1/32 80 albridge: edge',
    ]);
    const writes = aws.calls.map(({ operation }) => operation).filter((name) => !name.startsWith('Describe'));
    expect(writes).toEqual(['AuthorizeSecurityGroupIngress', 'RevokeSecurityGroupIngress']);
    aws.calls.length = 0;
    expect(await pass(['10.0.0.1'], http, https)).toMatchObject({ added: [], removed: [] });
    expect(aws.calls.map(({ operation }) => operation)).toEqual(['DescribeSecurityGroupRules']);
  });

  it('revokes first only where the group is full, and only as many as it needs (FM22)', async () => {
    const before = Array.from({ length: 60 }, (_, index) => `10.0.1.${index + 10}`);
    await pass(before, http);
    aws.calls.length = 0;
    const after = [...before.slice(2), '10.0.2.1', '10.0.2.2'];
    const outcome = await pass([...after.slice(1)], http);
    expect(outcome.errors).toEqual([]);
    expect(outcome.registered).toEqual(after.slice(1));
    const revoked = aws.calls
      .filter(({ operation }) => operation === 'RevokeSecurityGroupIngress')
      .map(({ input }) => (input as { SecurityGroupRuleIds: string[] }).SecurityGroupRuleIds.length);
    expect(revoked).toEqual([2, 1]);
    expect(aws.calls.at(-1)?.operation).toBe('RevokeSecurityGroupIngress');
    expect(await rules()).toHaveLength(59);
  });

  it('leaves the rules of others at the limit, and says that there is no room (FM13, FM22)', async () => {
    for (let index = 0; index < 60; index++) await authorize(`10.0.1.${index}/32`, 'by hand', 8_000);
    const outcome = await pass(['10.0.0.1'], http);
    expect(outcome).toMatchObject({ added: [], removed: [], errors: [{ code: 'write-failed' }] });
    expect(await rules()).toHaveLength(60);
  });
});
