import { beforeEach, describe, expect, it } from 'vitest';
import { execute } from '../../core/execute.ts';
import { ec2 } from '../../services/ec2/index.ts';
import { type StackDriver, stackDriver } from '../testing/stack-driver.ts';
import { registeredProviders } from './registry.ts';

let driver: StackDriver;

beforeEach(() => {
  driver = stackDriver(registeredProviders);
});

const resource = (Type: string, Properties: object = {}, more: object = {}) => ({
  Type,
  Properties,
  ...more,
});
const attribute = (name: string) => ({ 'Fn::GetAtt': name });
const id = (logicalId: string): string => driver.stack().resources.get(logicalId)?.physicalId ?? '';
const outputs = (): Record<string, string | undefined> =>
  Object.fromEntries(
    driver.stack().outputs.map(({ OutputKey = '', OutputValue }) => [OutputKey, OutputValue]),
  );
const outputOf = (values: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(values).map(([name, Value]) => [name, { Value }]));

async function settle(status: string): Promise<void> {
  await driver.clock.advance(600_000);
  expect(driver.events().filter((event) => event.includes('FAILED'))).toEqual([]);
  expect(driver.stack().status).toBe(status);
}

async function deploy(Resources: object, Outputs: object = {}): Promise<void> {
  await driver.create({ Resources, Outputs });
  await settle('CREATE_COMPLETE');
}

async function change(Resources: object): Promise<void> {
  await driver.update({ Resources });
  await settle('UPDATE_COMPLETE');
}

async function remove(): Promise<void> {
  await driver.remove();
  await settle('DELETE_COMPLETE');
}

const network = {
  Vpc: resource('AWS::EC2::VPC', { CidrBlock: '10.0.0.0/16' }),
  One: resource('AWS::EC2::Subnet', {
    VpcId: { Ref: 'Vpc' },
    CidrBlock: '10.0.0.0/24',
    AvailabilityZone: 'us-east-1a',
  }),
  Two: resource('AWS::EC2::Subnet', {
    VpcId: { Ref: 'Vpc' },
    CidrBlock: '10.0.1.0/24',
    AvailabilityZone: 'us-east-1b',
  }),
};

describe('AWS::EC2::PrefixList', () => {
  const list = (MaxEntries: number, entries: Record<string, string>, given: object = {}) => ({
    List: resource('AWS::EC2::PrefixList', {
      PrefixListName: 'allowed',
      AddressFamily: 'IPv4',
      MaxEntries,
      Entries: Object.entries(entries).map(([Cidr, Description]) => ({ Cidr, Description })),
      ...given,
    }),
  });
  const held = async () => {
    const input = { PrefixListId: id('List') };
    const { Entries = [] } = await execute(ec2, 'GetManagedPrefixListEntries', input, driver.call);
    return Object.fromEntries(Entries.map(({ Cidr = '', Description }) => [Cidr, Description]));
  };
  const found = () => driver.cell.network.prefixLists.get(id('List'));

  it('is made with its entries, and tells its version', async () => {
    await deploy(
      list(2, { '10.0.0.1/32': 'one' }),
      outputOf({ Id: { Ref: 'List' }, Version: attribute('List.Version'), Owner: attribute('List.OwnerId') }),
    );
    expect(outputs()).toEqual({ Id: id('List'), Version: '1', Owner: '000000000000' });
    expect(await held()).toEqual({ '10.0.0.1/32': 'one' });
  });

  it('changes in place: grows before its entries do, and shrinks after them', async () => {
    await deploy(list(2, { '10.0.0.1/32': 'one', '10.0.0.2/32': 'two' }));
    const before = id('List');
    await change(
      list(
        3,
        { '10.0.0.1/32': 'one', '10.0.0.3/32': 'three', '10.0.0.4/32': 'four' },
        {
          PrefixListName: 'renamed',
        },
      ),
    );
    expect(await held()).toEqual({ '10.0.0.1/32': 'one', '10.0.0.3/32': 'three', '10.0.0.4/32': 'four' });
    expect(found()).toMatchObject({ name: 'renamed', maxEntries: 3, version: 2 });
    await change(list(1, { '10.0.0.4/32': 'last' }));
    expect(await held()).toEqual({ '10.0.0.4/32': 'last' });
    expect(found()).toMatchObject({ maxEntries: 1 });
    expect(id('List')).toBe(before);
    await remove();
    expect(driver.cell.network.prefixLists.size).toBe(0);
  });

  it('is replaced where its family changes', async () => {
    await deploy(list(1, { '10.0.0.1/32': 'one' }));
    const before = id('List');
    await change(list(1, { 'fd00::/64': 'six' }, { AddressFamily: 'IPv6' }));
    expect(id('List')).not.toBe(before);
    expect([...driver.cell.network.prefixLists.keys()]).toEqual([id('List')]);
  });
});

describe('AWS::EC2::EIP, AWS::EC2::NatGateway and AWS::EC2::NetworkInterface', () => {
  const parts = (description: string, tag: string) => ({
    ...network,
    Internet: resource('AWS::EC2::InternetGateway'),
    Attachment: resource('AWS::EC2::VPCGatewayAttachment', {
      VpcId: { Ref: 'Vpc' },
      InternetGatewayId: { Ref: 'Internet' },
    }),
    Address: resource('AWS::EC2::EIP', { Domain: 'vpc' }, { DependsOn: 'Attachment' }),
    Nat: resource('AWS::EC2::NatGateway', {
      SubnetId: { Ref: 'One' },
      AllocationId: attribute('Address.AllocationId'),
      Tags: [{ Key: 'team', Value: tag }],
    }),
    Group: resource('AWS::EC2::SecurityGroup', { GroupDescription: 'of it', VpcId: { Ref: 'Vpc' } }),
    Interface: resource('AWS::EC2::NetworkInterface', {
      SubnetId: { Ref: 'Two' },
      Description: description,
      GroupSet: [attribute('Group.GroupId')],
      PrivateIpAddress: '10.0.1.40',
      SecondaryPrivateIpAddressCount: 1,
      SourceDestCheck: false,
    }),
  });

  it('are made, change in place, and leave nothing behind', async () => {
    await deploy(
      parts('first', 'one'),
      outputOf({
        Address: { Ref: 'Address' },
        Nat: attribute('Nat.NatGatewayId'),
        Interface: { Ref: 'Interface' },
        Primary: attribute('Interface.PrimaryPrivateIpAddress'),
        Secondary: { 'Fn::Select': [0, attribute('Interface.SecondaryPrivateIpAddresses')] },
      }),
    );
    const { network: all } = driver.cell;
    const [elasticIp] = all.elasticIps.values();
    const gateway = all.natGateways.get(id('Nat'));
    expect(gateway).toMatchObject({ state: 'available', allocation: { publicIp: outputs().Address } });
    expect(elasticIp?.association?.interfaceId).toBe(gateway?.interfaceId);
    const made = all.interfaces.get(id('Interface'));
    expect(made?.privateIpAddresses).toEqual(['10.0.1.40', outputs().Secondary]);
    expect(made?.securityGroupIds).toEqual([id('Group')]);
    expect(outputs()).toMatchObject({ Nat: id('Nat'), Interface: made?.id, Primary: '10.0.1.40' });

    const before = [id('Nat'), id('Interface')];
    await change(parts('second', 'two'));
    expect([id('Nat'), id('Interface')]).toEqual(before);
    expect(gateway?.tags.get('team')).toBe('two');
    expect(made).toMatchObject({ description: 'second', sourceDestCheck: false });

    await remove();
    expect([all.elasticIps.size, all.interfaces.size, all.vpcs.size]).toEqual([0, 0, 1]);
    expect(gateway?.state).toBe('deleted');
  });
});

describe('AWS::EC2::VPCEndpoint, AWS::EC2::VPCEndpointService and AWS::EC2::VPCEndpointServicePermissions', () => {
  const shared = (subnets: string[], principals: string[], given: { groups?: string[] } = {}) => ({
    ...network,
    Nlb: resource('AWS::ElasticLoadBalancingV2::LoadBalancer', {
      Type: 'network',
      Scheme: 'internal',
      Subnets: [{ Ref: 'One' }, { Ref: 'Two' }],
    }),
    Service: resource('AWS::EC2::VPCEndpointService', {
      NetworkLoadBalancerArns: [{ Ref: 'Nlb' }],
      AcceptanceRequired: false,
    }),
    Permissions: resource('AWS::EC2::VPCEndpointServicePermissions', {
      ServiceId: { Ref: 'Service' },
      AllowedPrincipals: principals,
    }),
    Group: resource('AWS::EC2::SecurityGroup', { GroupDescription: 'of it', VpcId: { Ref: 'Vpc' } }),
    Endpoint: resource('AWS::EC2::VPCEndpoint', {
      VpcId: { Ref: 'Vpc' },
      VpcEndpointType: 'Interface',
      // Spelt out, as CDK does: a service has no attribute for its name.
      ServiceName: {
        'Fn::Join': ['.', ['com.amazonaws.vpce', { Ref: 'AWS::Region' }, { Ref: 'Service' }]],
      },
      SubnetIds: subnets.map((Ref) => ({ Ref })),
      SecurityGroupIds: (given.groups ?? []).map((Ref) => ({ Ref })),
    }),
    Gateway: resource('AWS::EC2::VPCEndpoint', {
      VpcId: { Ref: 'Vpc' },
      ServiceName: 'com.amazonaws.us-east-1.s3',
      PolicyDocument: { Statement: [{ Effect: 'Allow', Principal: '*', Action: 's3:Get*', Resource: '*' }] },
    }),
  });
  const root = (account: string) => `arn:aws:iam::${account}:root`;

  it('are made, change in place, and go in an order that works', async () => {
    await deploy(
      shared(['One'], [root('111111111111')]),
      outputOf({
        Interface: { 'Fn::Select': [0, attribute('Endpoint.NetworkInterfaceIds')] },
        Name: { 'Fn::Select': [0, attribute('Endpoint.DnsEntries')] },
        Service: attribute('Service.ServiceId'),
      }),
    );
    const { network: all, loadBalancing } = driver.cell;
    const endpoint = all.vpcEndpoints.get(id('Endpoint'));
    expect(endpoint).toMatchObject({ state: 'available', interfaceIds: [outputs().Interface] });
    expect(outputs().Service).toBe(id('Service'));
    expect(outputs().Name).toMatch(
      new RegExp(
        `^Z\\w+:${id('Endpoint')}-[0-9a-f]{8}\\.${id('Service')}\\.us-east-1\\.vpce\\.amazonaws\\.com$`,
      ),
    );
    expect(all.vpcEndpoints.get(id('Gateway'))).toMatchObject({
      type: 'Gateway',
      policyDocument: expect.stringContaining('s3:Get*'),
    });

    const before = ['Service', 'Permissions', 'Endpoint', 'Gateway'].map(id);
    await change(shared(['One', 'Two'], [root('222222222222'), '*'], { groups: ['Group'] }));
    expect(['Service', 'Permissions', 'Endpoint', 'Gateway'].map(id)).toEqual(before);
    expect(endpoint?.interfaceIds).toHaveLength(2);
    const held = endpoint?.interfaceIds.map((one) => all.interfaces.get(one)?.securityGroupIds);
    expect(held).toEqual([[id('Group')], [id('Group')]]);
    const permitted = all.endpointServices.get(id('Service'))?.allowedPrincipals.keys() ?? [];
    expect([...permitted]).toEqual([root('222222222222'), '*']);

    await remove();
    expect([all.endpointServices.size, all.vpcEndpoints.size, loadBalancing.loadBalancers.size]).toEqual([
      0, 0, 0,
    ]);
    expect(all.interfaces.size).toBe(0);
  });
});
