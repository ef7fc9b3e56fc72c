import { EC2, type VpcEndpoint } from '@aws-sdk/client-ec2';
import { ElasticLoadBalancingV2 } from '@aws-sdk/client-elastic-load-balancing-v2';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type SteppedClock, steppedClock } from '../../clock/stepped-clock.ts';
import { type Emulator, startEmulator } from '../../emulator.ts';

const owner = '111111111111';
const other = '222222222222';
const root = (account: string) => `arn:aws:iam::${account}:root`;

let clock: SteppedClock;
let local: Emulator;
let provider: EC2;
let consumer: EC2;
let elbv2: ElasticLoadBalancingV2;
let nlb: string;
let vpcId: string;
let subnetId: string;

const clientOf = (accessKeyId: string, region = 'us-east-1') => ({
  endpoint: local.endpoint,
  region,
  credentials: { accessKeyId, secretAccessKey: 'local' },
});

beforeEach(async () => {
  clock = steppedClock();
  local = await startEmulator({ clock, port: 0, dataPlane: false, seed: 1 });
  provider = new EC2(clientOf(owner));
  consumer = new EC2(clientOf(other));
  elbv2 = new ElasticLoadBalancingV2(clientOf(owner));
  const { Subnets: [first] = [] } = await subnetsOf(provider, 'us-east-1a');
  const { LoadBalancers = [] } = await elbv2.createLoadBalancer({
    Name: 'nlb',
    Type: 'network',
    Subnets: [first?.SubnetId ?? ''],
  });
  nlb = LoadBalancers[0]?.LoadBalancerArn ?? '';
  const { Subnets: [mine] = [] } = await subnetsOf(consumer, 'us-east-1a');
  vpcId = mine?.VpcId ?? '';
  subnetId = mine?.SubnetId ?? '';
});

afterEach(async () => {
  for (const client of [provider, consumer, elbv2]) client.destroy();
  await local.close();
});

function subnetsOf(ec2: EC2, zone: string) {
  return ec2.describeSubnets({ Filters: [{ Name: 'availability-zone', Values: [zone] }] });
}

async function share(principals: string[], AcceptanceRequired = true) {
  const { ServiceConfiguration } = await provider.createVpcEndpointServiceConfiguration({
    NetworkLoadBalancerArns: [nlb],
    AcceptanceRequired,
  });
  const { ServiceId = '', ServiceName = '' } = ServiceConfiguration ?? {};
  if (principals.length > 0) {
    await provider.modifyVpcEndpointServicePermissions({ ServiceId, AddAllowedPrincipals: principals });
  }
  return { ServiceId, ServiceName };
}

async function connect(ServiceName: string, SubnetIds = [subnetId]): Promise<string> {
  const input = { VpcId: vpcId, ServiceName, VpcEndpointType: 'Interface', SubnetIds } as const;
  const { VpcEndpoint } = await consumer.createVpcEndpoint(input);
  return VpcEndpoint?.VpcEndpointId ?? '';
}

async function find(id: string): Promise<VpcEndpoint | undefined> {
  const { VpcEndpoints } = await consumer.describeVpcEndpoints({ VpcEndpointIds: [id] });
  return VpcEndpoints?.[0];
}

describe('an endpoint to a service of another account', () => {
  it('waits for its owner, who accepts it', async () => {
    const { ServiceId, ServiceName } = await share([root(other)]);
    expect(ServiceName).toBe(`com.amazonaws.vpce.us-east-1.${ServiceId}`);
    const id = await connect(ServiceName);
    await clock.advance(120_000);
    expect(await find(id)).toMatchObject({ State: 'pendingAcceptance', ServiceName });
    const { VpcEndpointConnections } = await provider.describeVpcEndpointConnections();
    expect(VpcEndpointConnections).toMatchObject([
      { ServiceId, VpcEndpointId: id, VpcEndpointOwner: other, NetworkLoadBalancerArns: [nlb] },
    ]);
    await provider.acceptVpcEndpointConnections({ ServiceId, VpcEndpointIds: [id] });
    expect((await find(id))?.State).toBe('pending');
    await clock.advance(60_000);
    const found = await find(id);
    expect(found?.State).toBe('available');
    expect(found?.DnsEntries?.map(({ DnsName }) => DnsName)).toEqual([
      expect.stringMatching(new RegExp(`^${id}-[0-9a-f]{8}.${ServiceId}.us-east-1.vpce.amazonaws.com$`)),
      expect.stringMatching(new RegExp(`^${id}-[0-9a-f]{8}-us-east-1a.${ServiceId}.`)),
    ]);
  });

  it('is available without being asked about, where its owner does not want to be', async () => {
    const { ServiceName } = await share(['*'], false);
    const id = await connect(ServiceName);
    await clock.advance(60_000);
    expect((await find(id))?.State).toBe('available');
  });

  it('is rejected, before it was accepted and after', async () => {
    const { ServiceId, ServiceName } = await share([root(other)]);
    const id = await connect(ServiceName);
    const decision = { ServiceId, VpcEndpointIds: [id] };
    await provider.rejectVpcEndpointConnections(decision);
    expect((await find(id))?.State).toBe('rejected');
    const { Unsuccessful } = await provider.acceptVpcEndpointConnections(decision);
    expect(Unsuccessful).toMatchObject([{ ResourceId: id, Error: { Code: 'InvalidState' } }]);
  });

  it.each([
    { name: 'nobody', principals: [], allowed: false },
    { name: 'the account', principals: [root(other)], allowed: true },
    { name: 'everybody', principals: ['*'], allowed: true },
    { name: 'a third account', principals: [root('333333333333')], allowed: false },
  ])('is made where the service allows it: to $name', async ({ principals, allowed }) => {
    const { ServiceId, ServiceName } = await share(principals);
    const made = connect(ServiceName).then(
      () => true,
      (error: Error) => error.name,
    );
    expect(await made).toBe(allowed || 'InvalidServiceName');
    const { ServiceNames } = await consumer.describeVpcEndpointServices();
    expect(ServiceNames).toEqual(allowed ? [ServiceName] : []);
    const { AllowedPrincipals = [] } = await provider.describeVpcEndpointServicePermissions({ ServiceId });
    expect(AllowedPrincipals.map(({ Principal }) => Principal)).toEqual(principals);
  });

  it('has interfaces only in the zones of the service’s load balancers', async () => {
    const { ServiceName } = await share(['*']);
    const { Subnets: [second] = [] } = await subnetsOf(consumer, 'us-east-1b');
    const refused = connect(ServiceName, [subnetId, second?.SubnetId ?? '']);
    await expect(refused).rejects.toMatchObject({
      name: 'InvalidParameter',
      message: expect.stringContaining(second?.SubnetId ?? ''),
    });
  });

  it('is not made from another region', async () => {
    const { ServiceName } = await share(['*']);
    const elsewhere = new EC2(clientOf(other, 'eu-west-1'));
    const { Subnets: [subnet] = [] } = await subnetsOf(elsewhere, 'eu-west-1a');
    const input = { VpcId: subnet?.VpcId, ServiceName, VpcEndpointType: 'Interface' } as const;
    await expect(elsewhere.createVpcEndpoint(input)).rejects.toMatchObject({ name: 'InvalidServiceName' });
    elsewhere.destroy();
  });
});

describe('a service', () => {
  it('and its load balancer stay while somebody is connected', async () => {
    const { ServiceId, ServiceName } = await share(['*'], false);
    const id = await connect(ServiceName);
    const ServiceIds = [ServiceId];
    const { Unsuccessful } = await provider.deleteVpcEndpointServiceConfigurations({ ServiceIds });
    expect(Unsuccessful).toMatchObject([{ Error: { Code: 'ExistingVpcEndpointConnections' } }]);
    await expect(elbv2.deleteLoadBalancer({ LoadBalancerArn: nlb })).rejects.toMatchObject({
      name: 'ResourceInUseException',
    });
    await consumer.deleteVpcEndpoints({ VpcEndpointIds: [id] });
    expect((await provider.deleteVpcEndpointServiceConfigurations({ ServiceIds })).Unsuccessful).toEqual([]);
    await elbv2.deleteLoadBalancer({ LoadBalancerArn: nlb });
  });

  it('changes, and tells what it has become', async () => {
    const { ServiceId } = await share([]);
    const modified = { ServiceId, AcceptanceRequired: false, RemoveNetworkLoadBalancerArns: [nlb] };
    await expect(provider.modifyVpcEndpointServiceConfiguration(modified)).rejects.toMatchObject({
      name: 'InvalidParameter',
    });
    await provider.modifyVpcEndpointServiceConfiguration({ ServiceId, AcceptanceRequired: false });
    const { ServiceConfigurations } = await provider.describeVpcEndpointServiceConfigurations({
      ServiceIds: [ServiceId],
    });
    expect(ServiceConfigurations).toMatchObject([
      { AcceptanceRequired: false, NetworkLoadBalancerArns: [nlb], AvailabilityZones: ['us-east-1a'] },
    ]);
  });

  it.each([
    { name: 'no load balancer', arns: [] },
    {
      name: 'one that is not there',
      arns: ['arn:aws:elasticloadbalancing:us-east-1:1:loadbalancer/net/a/b'],
    },
  ])('is refused with $name', async ({ arns }) => {
    const made = provider.createVpcEndpointServiceConfiguration({ NetworkLoadBalancerArns: arns });
    await expect(made).rejects.toMatchObject({ name: 'InvalidParameter' });
  });

  it('is refused a principal that is none', async () => {
    const { ServiceId } = await share([]);
    const modified = { ServiceId, AddAllowedPrincipals: ['somebody'] };
    await expect(provider.modifyVpcEndpointServicePermissions(modified)).rejects.toMatchObject({
      name: 'InvalidPrincipal',
    });
  });
});
