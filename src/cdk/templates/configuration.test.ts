import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Config } from '../../config/config.ts';
import { parseConfigText } from '../../config/parse-config.ts';
import { evaluated, templateNamed } from './testing/evaluated.ts';
import { loadBalancerArn, type ParameterValues, required, targetGroupArn } from './testing/parameters.ts';

function configured(name: string, values: ParameterValues): Config {
  const all = evaluated(name, values);
  const sync = all.SyncFunction ?? all.AlbridgeSyncFunction;
  return parseConfigText(sync?.properties.Environment.Variables.ALBRIDGE_CONFIG, 'ALBRIDGE_CONFIG');
}

const plain = { name: 'orders', policy: { mode: 'sync', minHealthyPercent: 100 } };
const role = 'arn:aws:iam::111111111111:role/reader';

describe('parameters become the configuration', () => {
  test.each<{ template: string; values: ParameterValues; want: unknown }>([
    {
      template: 'updater',
      values: {},
      want: {
        ...plain,
        source: { type: 'load-balancer', arn: loadBalancerArn, earlyDrain: true },
        sink: { type: 'target-group', arn: targetGroupArn },
      },
    },
    {
      template: 'updater',
      values: {
        AvailabilityZone: 'all',
        EarlyDrain: 'false',
        LoadBalancerExternalId: 'orders',
        LoadBalancerRoleArn: role,
        MaxRemovals: '3',
        MinHealthyPercent: '50',
        Mode: 'upsert-only',
        TargetGroupRoleArn: role,
        TargetPort: '8080',
      },
      want: {
        name: 'orders',
        source: {
          type: 'load-balancer',
          arn: loadBalancerArn,
          earlyDrain: false,
          role: { arn: role, externalId: 'orders' },
        },
        sink: {
          type: 'target-group',
          arn: targetGroupArn,
          port: 8080,
          availabilityZone: 'all',
          role: { arn: role },
        },
        policy: { mode: 'upsert-only', minHealthyPercent: 50, maxRemovals: 3 },
      },
    },
    {
      template: 'dns-updater',
      values: { Family: 'ipv6', NameServers: '10.0.0.2,10.0.0.3:5353', TargetPort: '5432' },
      want: {
        ...plain,
        source: {
          type: 'dns',
          name: 'db.example.internal',
          family: 'ipv6',
          servers: ['10.0.0.2', '10.0.0.3:5353'],
        },
        sink: { type: 'target-group', arn: targetGroupArn, port: 5432 },
      },
    },
    {
      template: 'allow-list',
      values: { LoadBalancerArn: '', StaticAddresses: '192.0.2.1,192.0.2.2', MaxRemovals: '2' },
      want: {
        name: 'orders',
        source: { type: 'static', addresses: ['192.0.2.1', '192.0.2.2'] },
        sinks: [
          { name: 'security-group', type: 'security-group', id: 'sg-0123', ports: [80], protocol: 'tcp' },
        ],
        policy: { mode: 'sync', maxRemovals: 2 },
      },
    },
    {
      template: 'allow-list',
      values: { LoadBalancerArn: '', DnsName: 'partner.example', Ports: '80,443', PrefixListId: 'pl-0123' },
      want: {
        name: 'orders',
        source: { type: 'dns', name: 'partner.example', family: 'ipv4' },
        sinks: [
          {
            name: 'security-group',
            type: 'security-group',
            id: 'sg-0123',
            ports: [80, 443],
            protocol: 'tcp',
          },
          { name: 'prefix-list', type: 'prefix-list', id: 'pl-0123' },
        ],
        policy: { mode: 'sync' },
      },
    },
    {
      template: 'allow-list',
      values: {
        LoadBalancerArn: '',
        VpcEndpointId: 'vpce-0123',
        SecurityGroupId: '',
        Ports: '',
        PrefixListId: 'pl-0123',
      },
      want: {
        name: 'orders',
        source: { type: 'vpc-endpoint', id: 'vpce-0123' },
        sinks: [{ name: 'prefix-list', type: 'prefix-list', id: 'pl-0123' }],
        policy: { mode: 'sync' },
      },
    },
    {
      template: 'bridge',
      values: { EarlyDrain: 'false' },
      want: {
        name: 'orders.Bridge',
        source: { type: 'load-balancer', arn: loadBalancerArn, earlyDrain: false },
        sink: { type: 'target-group', arn: targetGroupArn, port: 80 },
        policy: { mode: 'sync' },
      },
    },
  ])('$template with $values', ({ template, values, want }) => {
    expect(configured(template, { ...required[template], ...values })).toEqual({ bindings: [want] });
  });
});

describe('rules refuse what does not belong together', () => {
  test.each<{ template: string; values: ParameterValues; message: string }>([
    { template: 'allow-list', values: { LoadBalancerArn: '' }, message: 'exactly one source' },
    { template: 'allow-list', values: { DnsName: 'partner.example' }, message: 'exactly one source' },
    { template: 'allow-list', values: { SecurityGroupId: '', Ports: '' }, message: 'nothing to keep' },
    { template: 'allow-list', values: { Ports: '' }, message: 'SecurityGroupId and Ports together' },
    {
      template: 'dns-updater',
      values: { FunctionSubnetIds: 'subnet-0123' },
      message: 'set FunctionSecurityGroupIds too',
    },
    {
      template: 'dns-updater',
      values: { FunctionSecurityGroupIds: 'sg-0123' },
      message: 'set FunctionSubnetIds too',
    },
    {
      template: 'bridge',
      values: { ServerName: 'orders.example' },
      message: 'CertificateArn and ServerName together',
    },
    { template: 'bridge', values: { QuotaLimit: '1000' }, message: 'set ApiKeyRequired to true' },
    {
      template: 'updater',
      values: { LoadBalancerExternalId: 'orders' },
      message: 'set LoadBalancerRoleArn too',
    },
    {
      template: 'updater',
      values: { AlarmTopicArn: 'arn:aws:sns:us-east-1:000000000000:alarms' },
      message: 'set Alarms to true',
    },
  ])('$template with $values', ({ template, values, message }) => {
    expect(() => evaluated(template, { ...required[template], ...values })).toThrow(message);
  });
});

interface Statement {
  Action: string | string[];
  Resource: string;
}

/** What the sync function's role may do, besides writing its log. */
function permitted(name: string, values: ParameterValues): string[] {
  const { SyncRole } = evaluated(name, { ...required[name], ...values });
  const statements: Statement[] = SyncRole?.properties.Policies[0].PolicyDocument.Statement;
  return statements
    .flatMap(({ Action, Resource }) => [Action].flat().map((action) => `${action} ${Resource}`))
    .filter((line) => !line.startsWith('logs:'))
    .sort();
}

const keepsTargets = [
  `elasticloadbalancing:DeregisterTargets ${targetGroupArn}`,
  'elasticloadbalancing:DescribeTargetGroups *',
  'elasticloadbalancing:DescribeTargetHealth *',
  `elasticloadbalancing:RegisterTargets ${targetGroupArn}`,
];
const readsLoadBalancer = [
  'ec2:DescribeNetworkInterfaces *',
  'ec2:DescribeVpcs *',
  'elasticloadbalancing:DescribeLoadBalancers *',
];
const arnOf = (resource: string): string => `arn:aws:ec2:us-east-1:000000000000:${resource}`;
const keepsRules = [
  `ec2:AuthorizeSecurityGroupIngress ${arnOf('security-group/sg-0123')}`,
  'ec2:DescribeSecurityGroupRules *',
  `ec2:RevokeSecurityGroupIngress ${arnOf('security-group/sg-0123')}`,
];
const keepsEntries = [
  'ec2:DescribeManagedPrefixLists *',
  `ec2:GetManagedPrefixListEntries ${arnOf('prefix-list/pl-0123')}`,
  `ec2:ModifyManagedPrefixList ${arnOf('prefix-list/pl-0123')}`,
];
const takesMessages = ['DeleteMessage', 'GetQueueAttributes', 'ReceiveMessage'].map(
  (action) => `sqs:${action} <SyncDispatchQueue.Arn>`,
);
const hasInterfaces = [
  'AssignPrivateIpAddresses',
  'CreateNetworkInterface',
  'DeleteNetworkInterface',
  'DescribeNetworkInterfaces',
  'DescribeSubnets',
  'UnassignPrivateIpAddresses',
].map((action) => `ec2:${action} *`);

describe('the function may do what the parameters need, and no more', () => {
  test.each<{ template: string; values: ParameterValues; want: string[] }>([
    { template: 'updater', values: {}, want: [...readsLoadBalancer, ...keepsTargets] },
    {
      template: 'updater',
      values: { LoadBalancerRoleArn: role, Every: '10s' },
      want: ['ec2:DescribeVpcs *', ...keepsTargets, ...takesMessages, `sts:AssumeRole ${role}`],
    },
    {
      template: 'updater',
      values: { TargetGroupRoleArn: role },
      want: [...readsLoadBalancer, `sts:AssumeRole ${role}`],
    },
    {
      template: 'updater',
      values: { LoadBalancerRoleArn: role, TargetGroupRoleArn: role },
      want: [`sts:AssumeRole ${role}`, `sts:AssumeRole ${role}`],
    },
    { template: 'dns-updater', values: {}, want: ['ec2:DescribeVpcs *', ...keepsTargets] },
    {
      template: 'dns-updater',
      values: { FunctionSubnetIds: 'subnet-0123', FunctionSecurityGroupIds: 'sg-0123', Events: 'true' },
      want: ['ec2:DescribeVpcs *', ...hasInterfaces, ...keepsTargets, ...takesMessages],
    },
    { template: 'allow-list', values: {}, want: [...readsLoadBalancer, ...keepsRules] },
    {
      template: 'allow-list',
      values: { LoadBalancerArn: '', DnsName: 'partner.example', PrefixListId: 'pl-0123' },
      want: [...keepsRules, ...keepsEntries],
    },
    {
      template: 'allow-list',
      values: {
        LoadBalancerArn: '',
        VpcEndpointId: 'vpce-0123',
        SecurityGroupId: '',
        Ports: '',
        PrefixListId: 'pl-0123',
      },
      want: [
        'ec2:DescribeNetworkInterfaces *',
        'ec2:DescribeVpcEndpoints *',
        'ec2:DescribeVpcs *',
        ...keepsEntries,
      ],
    },
  ])('$template with $values', ({ template, values, want }) => {
    expect(permitted(template, values)).toEqual(want.toSorted());
  });
});

const certificate = {
  CertificateArn: 'arn:aws:acm:us-east-1:000000000000:certificate/0123',
  ServerName: 'orders.example',
};

describe('a stage is given another deployment where methods differ', () => {
  test.each<{ values: ParameterValues; suffix: string }>([
    { values: {}, suffix: '' },
    { values: { ApiKeyRequired: 'true' }, suffix: 'WithKeys' },
    { values: certificate, suffix: 'WithTls' },
    { values: { ApiKeyRequired: 'true', ...certificate }, suffix: 'WithKeysWithTls' },
  ])('$values: $suffix', ({ values, suffix }) => {
    const resources = evaluated('bridge', { ...required.bridge, ...values });
    const deployments = Object.keys(resources).filter((id) => /^ApiDeployment/.test(id));
    expect(deployments).toEqual([expect.stringMatching(`^ApiDeployment[0-9a-f]{32}${suffix}$`)]);
    expect(resources.ApiStage?.properties.DeploymentId).toBe(`<${deployments[0]}>`);
  });
});

test('a certificate makes all of the way TLS', () => {
  const { AlbListener, ApiproxyANY, ApiStage, NlbAddresses, NlbListener, NlbTargetGroup } = evaluated(
    'bridge',
    {
      ...required.bridge,
      ...certificate,
    },
  );
  expect(AlbListener?.properties).toMatchObject({ Port: 443, Protocol: 'HTTPS' });
  expect(AlbListener?.properties.Certificates).toEqual([{ CertificateArn: certificate.CertificateArn }]);
  expect(NlbListener?.properties).toMatchObject({ Port: 443, Protocol: 'TCP' });
  expect(NlbTargetGroup?.properties.Port).toBe(443);
  expect(NlbAddresses?.properties.listenerPort).toBe(443);
  expect(ApiStage?.properties.Variables).toEqual({ serverName: 'orders.example' });
  expect(ApiproxyANY?.properties.Integration.Uri).toBe(`https://\${stageVariables.serverName}/{proxy}`);
  const [binding] = configured('bridge', { ...required.bridge, ...certificate }).bindings;
  expect(binding?.sink).toMatchObject({ port: 443 });
});

test('a usage plan has the limits that are given, and no others', () => {
  const { ApiANY, ApiUsagePlan } = evaluated('bridge', {
    ...required.bridge,
    ApiKeyRequired: 'true',
    QuotaLimit: '1000',
    RateLimit: '10',
  });
  expect(ApiANY?.properties.ApiKeyRequired).toBe('true');
  expect(ApiUsagePlan?.properties).toMatchObject({
    Quota: { Limit: '1000', Period: 'DAY' },
    Throttle: { RateLimit: '10' },
  });
  const { ApiUsagePlan: unlimited } = evaluated('bridge', { ...required.bridge, ApiKeyRequired: 'true' });
  expect(Object.keys(unlimited?.properties)).toEqual(['ApiStages']);
  expect(Object.keys(evaluated('bridge', required.bridge ?? {}))).not.toContain('ApiUsagePlan');
});

/** Any values that the parameters take. */
function anyValues(name: string): fc.Arbitrary<ParameterValues> {
  const arbitraries = Object.entries(templateNamed(name).Parameters).map(([id, parameter]) => {
    const { AllowedPattern: pattern, AllowedValues, MaxValue = 99, MinValue = 0, Type } = parameter;
    const [min, max] = [Number(MinValue), Number(MaxValue)];
    if (AllowedValues) return [id, fc.constantFrom(...AllowedValues.map(String))];
    if (Type === 'Number') return [id, fc.integer({ min, max }).map(String)];
    if (pattern === undefined) return [id, fc.constant(required[name]?.[id] ?? '')];
    return [id, fc.stringMatching(new RegExp(pattern))];
  });
  return fc.record(Object.fromEntries(arbitraries));
}

// What no pattern can tell of ports.
const areDistinct = ({ Ports = '' }: ParameterValues): boolean =>
  new Set(Ports.split(',')).size === Ports.split(',').length;

test.each(Object.keys(required))(
  '%s breaks a rule or is configured well, of what is there, whatever is given',
  (name) => {
    let valid = 0;
    const property = fc.property(anyValues(name).filter(areDistinct), (values) => {
      try {
        configured(name, values);
        valid++;
      } catch (error) {
        if (!/Rule \w+ is violated/.test(String(error))) throw error;
      }
    });
    fc.assert(property, { numRuns: 300, seed: 1 });
    expect(valid).toBeGreaterThan(5);
  },
);
