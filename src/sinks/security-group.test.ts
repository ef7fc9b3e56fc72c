import {
  AuthorizeSecurityGroupIngressCommand,
  DescribeSecurityGroupRulesCommand,
  RevokeSecurityGroupIngressCommand,
} from '@aws-sdk/client-ec2';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type LocalAws, startLocalAws } from '../aws/testing/local-aws.ts';
import type { Sink } from '../engine/sink.ts';
import { securityGroupSink } from './security-group.ts';

let aws: LocalAws;
let groupId: string;
let sink: Sink;

beforeEach(async () => {
  aws = await startLocalAws();
  groupId = await aws.securityGroup('alb');
  sink = securityGroupSink({ clients: aws.clients, groupId, protocol: 'tcp', port: 80, owner: 'edge' });
});

afterEach(() => aws.close());

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
    await authorize('10.0.0.3/32', 'albridge: edge', 443);
    await authorize('10.0.0.0/24', 'albridge: edge');
    expect((await sink.read()).entries).toEqual([
      expect.objectContaining({ address: '10.0.0.1', foreign: true }),
      expect.objectContaining({ address: '10.0.0.2', foreign: true }),
    ]);
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

  it('says what to do when the group is full', async () => {
    const many = Array.from({ length: 61 }, (_, index) => `10.0.1.${index}`);
    const { addresses, errors } = await sink.add(many);
    expect(addresses).toEqual([]);
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
