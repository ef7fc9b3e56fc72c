import type { Config } from '../config.ts';

const albArn = 'arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/web/0123456789abcdef';
export const groupArn =
  'arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/group/0123456789abcdef';

export const role = {
  arn: 'arn:aws:iam::111122223333:role/path/writer',
  externalId: 'a-secret',
  sessionName: 'orders',
};
const range = (fromPort: number, toPort: number) => ({ protocol: 'udp', fromPort, toPort });
export const group = (other: object) => ({
  sink: { type: 'target-group', arn: groupArn, port: 80, ...other },
});
export const opening = (other: object) => ({ sink: { type: 'security-group', id: 'sg-1', ...other } });
export const sinks = (...several: object[]) => ({ sink: undefined, sinks: several });

/** A valid binding, with other fields in place of its own. */
export const binding = (other: object = {}): object => ({
  name: 'bridge',
  source: { type: 'load-balancer', arn: albArn },
  sink: { type: 'target-group', arn: groupArn, port: 80 },
  policy: { mode: 'sync' },
  ...other,
});

/** A configuration with every kind of source and sink. */
export const everyKind = {
  bindings: [
    binding(),
    binding({
      name: 'by-description',
      source: { type: 'load-balancer', description: 'web', earlyDrain: false },
      sink: { type: 'target-group', arn: groupArn, port: 81 },
      policy: { mode: 'upsert-only', minHealthyPercent: 50, maxRemovals: 10 },
    }),
    binding({
      name: 'database',
      source: { type: 'dns', name: 'db.example', family: 'both', servers: ['10.0.0.2', '[fd00::2]:53'] },
      sink: { type: 'target-group', arn: groupArn, port: 5432 },
    }),
    binding({
      name: 'merged',
      source: {
        type: 'merged',
        sources: [
          { type: 'load-balancer', arn: albArn, nameServers: ['10.0.0.2:5353'] },
          { type: 'vpc-endpoint', id: 'vpce-0123456789abcdef0', region: 'eu-west-1', role },
          { type: 'network-interfaces', tags: { role: 'web' }, vpcId: 'vpc-0123456789abcdef0' },
          { type: 'network-interfaces', securityGroupIds: ['sg-01'], subnetIds: ['subnet-01'] },
        ],
      },
      sink: { type: 'target-group', arn: groupArn, port: 84 },
    }),
    binding({
      name: 'allow-list',
      source: { type: 'static', addresses: ['10.0.0.1', 'fd00::1'] },
      sink: { type: 'security-group', id: 'sg-0123456789abcdef0', port: 443, protocol: 'udp' },
    }),
    binding({
      name: 'elsewhere',
      source: { type: 'load-balancer', description: 'web', region: 'eu-west-1', role },
      sink: {
        type: 'target-group',
        arn: groupArn,
        port: 82,
        region: 'us-east-1',
        availabilityZone: 'all',
      },
    }),
    binding({
      name: 'several',
      sink: undefined,
      sinks: [
        { name: 'group', type: 'target-group', arn: groupArn, port: 83, role: { arn: role.arn } },
        { name: 'web', type: 'security-group', id: 'sg-1', ports: [80, 443] },
        { name: 'games', type: 'security-group', id: 'sg-1', rules: [range(7_000, 7_999)] },
        { name: 'list', type: 'prefix-list', id: 'pl-1', policy: { mode: 'upsert-only' } },
      ],
    }),
  ],
} as unknown as Config;

/** What a binding is refused for: the fields in place of a valid one's, and the problem told. */
export interface Refused {
  name: string;
  given: object;
  want: string;
  /** What JSON Schema has no words for. */
  onlyInCode?: true;
}

export const refused: readonly Refused[] = [
  {
    name: 'a name that AWS would not take in a description',
    given: { name: 'a/b' },
    want: '.name: expected letters, digits, dots, hyphens and underscores, got "a/b"',
  },
  { name: 'an unknown setting', given: { polcy: {} }, want: ': unrecognized key: "polcy", got ' },
  {
    name: 'no mode',
    given: { policy: {} },
    want: '.policy.mode: invalid option: expected one of "sync"|"upsert-only", got nothing',
  },
  {
    name: 'a percentage above 100',
    given: { policy: { mode: 'sync', minHealthyPercent: 101 } },
    want: '.policy.minHealthyPercent: too big: expected number to be <=100, got 101',
  },
  {
    name: 'a cap that removes nothing',
    given: { policy: { mode: 'sync', maxRemovals: 0 } },
    want: '.policy.maxRemovals: too small: expected number to be >=1, got 0',
  },
  {
    name: 'a source of another type',
    given: { source: { type: 'file' } },
    want: `.source.type: invalid discriminator value. Expected 'load-balancer' | 'dns' | 'vpc-endpoint' | 'network-interfaces' | 'static' | 'merged', got "file"`,
  },
  {
    name: 'neither arn nor description',
    given: { source: { type: 'load-balancer' } },
    want: '.source: expected either arn or description, got {"type":"load-balancer"}',
  },
  {
    name: 'both arn and description',
    given: { source: { type: 'load-balancer', arn: albArn, description: 'web' } },
    want: '.source: expected either arn or description, got ',
  },
  {
    name: 'the arn of something else',
    given: { source: { type: 'load-balancer', arn: groupArn } },
    want: '.source.arn: expected the arn of an application or network load balancer, got ',
  },
  {
    name: 'a dns name that is none',
    given: { source: { type: 'dns', name: 'db..example' } },
    want: '.source.name: expected a dns name, got "db..example"',
  },
  {
    name: 'an address for a dns name',
    given: { source: { type: 'dns', name: '10.0.0.1' } },
    want: '.source.name: expected a dns name, not an address: use type static, got "10.0.0.1"',
  },
  {
    name: 'a name server by its name',
    given: { source: { type: 'dns', name: 'db.example', servers: ['10.0.0.2', 'dns.example'] } },
    want: '.source.servers[1]: expected an ip address, and a port if need be: 10.0.0.2 or 10.0.0.2:53, got "dns.example"',
  },
  {
    name: 'no name servers where some are promised',
    given: { source: { type: 'load-balancer', arn: albArn, nameServers: [] } },
    want: '.source.nameServers: too small: expected array to have >=1 items, got []',
  },
  {
    name: 'the id of something else',
    given: { source: { type: 'vpc-endpoint', id: 'vpc-01' } },
    want: '.source.id: expected the id of a vpc endpoint, got "vpc-01"',
  },
  {
    name: 'interfaces without a selection',
    given: { source: { type: 'network-interfaces', tags: {}, vpcId: 'vpc-01' } },
    want: '.source: expected at least one of tags, securityGroupIds and subnetIds, got ',
  },
  {
    name: 'a merger of one',
    given: { source: { type: 'merged', sources: [{ type: 'static', addresses: ['10.0.0.1'] }] } },
    want: '.source.sources: too small: expected array to have >=2 items, got ',
  },
  {
    name: 'a merger in a merger',
    given: {
      source: {
        type: 'merged',
        sources: [
          { type: 'static', addresses: ['10.0.0.1'] },
          { type: 'merged', sources: [] },
        ],
      },
    },
    want: '.source.sources[1].type: invalid discriminator value. ',
  },
  {
    name: 'an address that is none',
    given: { source: { type: 'static', addresses: ['10.0.0.1', 'web'] } },
    want: '.source.addresses[1]: expected an ip address, got "web"',
  },
  {
    name: 'neither sink nor sinks',
    given: { sink: undefined },
    want: ': expected either sink or sinks, got ',
  },
  {
    name: 'both sink and sinks',
    given: { sinks: [{ name: 'list', type: 'prefix-list', id: 'pl-1' }] },
    want: ': expected either sink or sinks, got ',
  },
  { name: 'no sinks', given: sinks(), want: '.sinks: too small' },
  {
    name: 'one of several sinks without a name',
    given: sinks({ type: 'prefix-list', id: 'pl-1' }),
    want: '.sinks[0].name: invalid input: expected string',
  },
  {
    name: 'sinks of one name',
    onlyInCode: true,
    given: sinks(
      { name: 'list', type: 'prefix-list', id: 'pl-1' },
      { name: 'list', type: 'prefix-list', id: 'pl-2' },
    ),
    want: '.sinks[1].name: expected a name that no other binding has, got "list"',
  },
  {
    name: 'sinks that would undo each other',
    onlyInCode: true,
    given: sinks({ name: 'one', ...group({}).sink }, { name: 'two', ...group({}).sink }),
    want: ".sinks[1]: expected a target group and port that no other binding in mode 'sync' has",
  },
  {
    name: 'a group on a port that may be its own, and on its own',
    onlyInCode: true,
    given: sinks({ name: 'one', ...group({}).sink }, { name: 'two', ...group({ port: undefined }).sink }),
    want: ".sinks[1]: expected a target group and port that no other binding in mode 'sync' has",
  },
  {
    name: 'a region besides an arn of another',
    onlyInCode: true,
    given: group({ region: 'eu-west-1' }),
    want: '.sink.region: expected the region of the arn, or none, got "eu-west-1"',
  },
  {
    name: 'a region that is none',
    given: opening({ port: 80, region: 'Ireland' }),
    want: '.sink.region: expected the name of a region, got "Ireland"',
  },
  {
    name: 'a role by its name',
    given: opening({ port: 80, role: { arn: 'writer' } }),
    want: '.sink.role.arn: expected the arn of a role, got "writer"',
  },
  {
    name: 'an external id that AWS would not take',
    given: opening({ port: 80, role: { ...role, externalId: 'x' } }),
    want: '.sink.role.externalId: expected an external id as AWS STS takes it',
  },
  {
    name: 'a zone that is none',
    given: group({ availabilityZone: 'every' }),
    want: ".sink.availabilityZone: expected 'all', 'none' or the name of a zone, got \"every\"",
  },
  {
    name: 'no port at all',
    given: opening({}),
    want: '.sink: expected one of port, ports (both with or without protocol) and rules, got ',
  },
  {
    name: 'port and ports',
    given: opening({ port: 80, ports: [443] }),
    want: '.sink: expected one of port, ports',
  },
  {
    name: 'a protocol besides rules',
    given: opening({ rules: [range(1, 2)], protocol: 'tcp' }),
    want: '.sink: expected one of port, ports',
  },
  {
    name: 'a port twice',
    given: opening({ ports: [80, 80] }),
    want: '.sink.ports: expected each only once, got [80,80]',
  },
  {
    name: 'a range that ends before it begins',
    onlyInCode: true,
    given: opening({ rules: [range(2, 1)] }),
    want: '.sink.rules[0]: expected fromPort not above toPort, got ',
  },
  {
    name: 'the id of something else',
    given: { sink: { type: 'prefix-list', id: 'sg-1' } },
    want: '.sink.id: expected the id of a prefix list, got "sg-1"',
  },
  {
    name: 'a port out of range',
    given: { sink: { type: 'target-group', arn: groupArn, port: 0 } },
    want: '.sink.port: too small: expected number to be >=1, got 0',
  },
  {
    name: 'a port as text',
    given: { sink: { type: 'security-group', id: 'sg-1', port: '80' } },
    want: '.sink.port: invalid input: expected number, received string, got "80"',
  },
];
