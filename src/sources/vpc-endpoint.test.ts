import {
  CreateVpcEndpointCommand,
  DeleteVpcEndpointsCommand,
  ModifyVpcEndpointCommand,
  type VpcEndpointType,
} from '@aws-sdk/client-ec2';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { refuse } from '../aws/testing/intercept.ts';
import { type LocalAws, numerically, startLocalAws } from '../aws/testing/local-aws.ts';
import { complete } from '../engine/observation.ts';
import type { Source } from '../engine/source.ts';
import { vpcEndpointSource } from './vpc-endpoint.ts';

let aws: LocalAws;
let endpointId: string;
let source: Source;

beforeEach(async () => {
  aws = await startLocalAws();
  endpointId = await createEndpoint('Interface', aws.subnetIds);
  source = vpcEndpointSource({ ec2: aws.clients.ec2, endpointId });
});

afterEach(() => aws.close());

async function createEndpoint(VpcEndpointType: VpcEndpointType, SubnetIds?: string[]): Promise<string> {
  const { VpcEndpoint } = await aws.clients.ec2.send(
    new CreateVpcEndpointCommand({
      VpcId: aws.vpcId,
      VpcEndpointType,
      SubnetIds,
      ServiceName: 'com.amazonaws.us-east-1.execute-api',
    }),
  );
  return VpcEndpoint?.VpcEndpointId ?? '';
}

function interfaces(id = endpointId) {
  const { vpcEndpoints, interfaces: all } = aws.world.network;
  return (vpcEndpoints.get(id)?.interfaceIds ?? []).flatMap((interfaceId) => all.get(interfaceId) ?? []);
}

const held = (id?: string): string[] =>
  interfaces(id)
    .flatMap(({ privateIpAddresses }) => privateIpAddresses)
    .sort(numerically);

describe('a vpc-endpoint source', () => {
  it('names the addresses of the endpoint’s interfaces, and of no other (FM4)', async () => {
    const other = await createEndpoint('Interface', aws.subnetIds);
    expect(held()).toHaveLength(2);
    expect(await source.read()).toEqual(complete(held()));
    expect(held(other)).toHaveLength(2);
  });

  it('names every address of an interface, IPv6 too (FM5)', async () => {
    const [first] = interfaces();
    first?.privateIpAddresses.push('10.0.0.200');
    first?.ipv6Addresses.push('2001:DB8::1');
    const observed = await source.read();
    expect(observed).toMatchObject({ addresses: expect.arrayContaining(['10.0.0.200', '2001:db8::1']) });
  });

  it('leaves out interfaces that are not in use (FM6)', async () => {
    const [first, second] = interfaces();
    if (first) first.status = 'detaching';
    expect(await source.read()).toEqual(complete(second?.privateIpAddresses ?? []));
  });

  it('follows the endpoint to other subnets', async () => {
    const [left = '', kept = ''] = aws.subnetIds;
    const before = held();
    const change = { VpcEndpointId: endpointId, RemoveSubnetIds: [left] };
    await aws.clients.ec2.send(new ModifyVpcEndpointCommand(change));
    const observed = await source.read();
    expect(observed).toEqual(complete(held()));
    expect(interfaces().map(({ subnetId }) => subnetId)).toEqual([kept]);
    const [gone = ''] = before.filter((address) => !held().includes(address));
    expect(await source.confirm([gone], complete(held()))).toEqual(new Map([[gone, 'gone']]));
  });

  it.each([
    {
      name: 'the endpoint is gone',
      act: () => aws.clients.ec2.send(new DeleteVpcEndpointsCommand({ VpcEndpointIds: [endpointId] })),
      want: /^no vpc endpoint is 'vpce-/,
    },
    {
      name: 'no interface is in use',
      act: async () => {
        for (const each of interfaces()) each.status = 'attaching';
      },
      want: /has no network interface in use \(2 in another status; the endpoint is pending\)/,
    },
    { name: 'aws does not tell', act: () => aws.close(), want: /ec2:DescribeVpcEndpoints for 'vpce-/ },
  ])('does not know where $name (FM1)', async ({ act, want }) => {
    await act();
    const cause = { code: 'source-unknown', message: expect.stringMatching(want) };
    expect(await source.read()).toMatchObject({ kind: 'unknown', cause });
  });

  it.each(['DescribeVpcEndpoints', 'DescribeNetworkInterfaces'])(
    'does not know without permission for %s, and says so (FM1)',
    async (operation) => {
      refuse(aws, operation);
      expect(await source.read()).toMatchObject({
        kind: 'unknown',
        cause: {
          code: 'source-unknown',
          message: expect.stringContaining(
            `ec2:${operation} for '${endpointId}' failed: UnauthorizedOperation`,
          ),
          cause: { name: 'UnauthorizedOperation' },
        },
      });
    },
  );

  it('says that a gateway endpoint has no addresses', async () => {
    const gateway = vpcEndpointSource({ ec2: aws.clients.ec2, endpointId: await createEndpoint('Gateway') });
    const cause = { message: expect.stringContaining('of type Gateway, which has no addresses') };
    expect(await gateway.read()).toMatchObject({ kind: 'unknown', cause });
  });
});

describe('confirm', () => {
  it('tells addresses apart by who holds them (FM2, FM31)', async () => {
    const other = await createEndpoint('Interface', aws.subnetIds);
    const [ours = '', leaving = ''] = held();
    const [theirs = ''] = held(other);
    const detaching = interfaces().find(({ privateIpAddresses }) => privateIpAddresses.includes(leaving));
    if (detaching) detaching.status = 'detaching';
    const asked = [ours, leaving, theirs, '10.0.0.250', '192.168.0.1'];
    expect(await source.confirm(asked, complete([]))).toEqual(
      new Map([
        [ours, 'in-service'],
        [leaving, 'alive'],
        [theirs, 'reassigned'],
        ['10.0.0.250', 'gone'],
        ['192.168.0.1', 'untold'],
      ]),
    );
  });

  it('throws where aws does not tell (FM2)', async () => {
    await aws.close();
    await expect(source.confirm(['10.0.0.250'], complete([]))).rejects.toMatchObject({
      code: 'unconfirmed',
      message: expect.stringContaining('ec2:DescribeVpcEndpoints'),
    });
  });
});
