import { describe, expect, it } from 'vitest';
import { loadConfig, remarksOn } from '../load-config.ts';

const arn = 'arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/group/0123456789abcdef';
const populate = {
  ALB_DNS_NAME: 'internal-web-1.us-east-1.elb.amazonaws.com',
  ALB_LISTENER: '8080',
  NLB_TG_ARN: arn,
};
const hostname = { TARGET_FQDN: 'db.example.internal', ELB_TG_ARN: arn };

const populated = {
  name: 'group',
  source: { type: 'dns', name: populate.ALB_DNS_NAME },
  sink: { type: 'target-group', arn, port: 8080 },
  policy: { mode: 'sync' },
};
const named = {
  name: 'group',
  source: { type: 'dns', name: 'db.example.internal' },
  sink: { type: 'target-group', arn },
  policy: { mode: 'upsert-only' },
};

describe('the environment of another updater', () => {
  it.each([
    { name: 'populate_NLB_TG_with_ALB', given: populate, want: populated },
    { name: 'its second version', given: { ...populate, SAME_VPC: 'true' }, want: populated },
    {
      name: 'an ALB in another VPC',
      given: { ...populate, SAME_VPC: 'False' },
      want: { ...populated, sink: { ...populated.sink, availabilityZone: 'all' } },
    },
    { name: 'hostname-as-target', given: hostname, want: named },
    { name: 'no servers', given: { ...hostname, DNS_SERVER: '' }, want: named },
    {
      name: 'servers',
      given: { ...hostname, DNS_SERVER: '10.0.0.2, 10.0.1.2' },
      want: { ...named, source: { ...named.source, servers: ['10.0.0.2', '10.0.1.2'] } },
    },
    {
      name: 'a group of its own',
      given: { ...hostname, REMOVE_UNTRACKED_TG_IP: 'true' },
      want: { ...named, policy: { mode: 'sync' } },
    },
  ])('is taken: $name', async ({ given, want }) => {
    expect(await loadConfig({}, given, async () => [])).toEqual({ bindings: [want] });
  });

  it.each([
    {
      name: 'a part of the variables',
      given: { ALB_DNS_NAME: 'web' },
      want: 'ALB_LISTENER and NLB_TG_ARN missing; populate_NLB_TG_with_ALB takes ALB_DNS_NAME, ALB_LISTENER, NLB_TG_ARN',
    },
    {
      name: 'a port that is none',
      given: { ...populate, ALB_LISTENER: 'http' },
      want: 'the environment is not valid: bindings[0].sink.port',
    },
    {
      name: 'neither true nor false',
      given: { ...populate, SAME_VPC: 'maybe' },
      want: 'SAME_VPC: expected true or false, got "maybe"',
    },
    {
      name: 'a server by its name',
      given: { ...hostname, DNS_SERVER: 'dns.example' },
      want: 'bindings[0].source.servers[0]: expected an ip address',
    },
  ])('is refused: $name', async ({ given, want }) => {
    await expect(loadConfig({}, given, async () => [])).rejects.toThrow(want);
  });

  it('gives way to ALBRIDGE_CONFIG, and is not spoken of then', async () => {
    const environment = {
      ...populate,
      S3_BUCKET: 'state',
      ALBRIDGE_CONFIG: JSON.stringify({ bindings: [named] }),
    };
    expect(await loadConfig({}, environment, async () => [])).toEqual({ bindings: [named] });
    expect(remarksOn(environment)).toEqual([]);
  });
});

describe('what another updater did and this one does not', () => {
  it.each([
    { name: 'nothing', given: populate, want: [] },
    { name: 'nothing that is asked for', given: { ...hostname, REMOVE_UNTRACKED_TG_IP: 'true' }, want: [] },
    {
      name: 'state',
      given: { ...populate, S3_BUCKET: 'state', CW_METRIC_FLAG_IP_COUNT: 'false' },
      want: [['info', 'S3_BUCKET is not used: no state is kept']],
    },
    {
      name: 'its metric',
      given: { ...populate, CW_METRIC_FLAG_IP_COUNT: 'True' },
      want: [['warn', expect.stringMatching(/^CW_METRIC_FLAG_IP_COUNT: the metric LoadBalancerIPCount/)]],
    },
    {
      name: 'a memory of what it registered',
      given: { ...hostname, BUCKET_REGION: 'us-east-1' },
      want: [
        ['info', 'BUCKET_REGION is not used: no state is kept'],
        ['warn', expect.stringMatching(/^REMOVE_UNTRACKED_TG_IP is not true: .* set it to true$/)],
      ],
    },
  ])('is told: $name', ({ given, want }) => {
    expect(remarksOn(given).map(({ level, message }) => [level, message])).toEqual(want);
  });
});
