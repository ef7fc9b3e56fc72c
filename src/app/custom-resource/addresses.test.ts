import { SetSubnetsCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type LocalAws, startLocalAws } from '../../aws/testing/local-aws.ts';
import { addresses } from './addresses.ts';
import type { CustomResourceRequest } from './request.ts';
import { createRequest } from './testing/request.ts';
import { type ResponseServer, startResponseServer } from './testing/response-server.ts';

let aws: LocalAws;
let server: ResponseServer;
let lines: string[];

beforeEach(async () => {
  aws = await startLocalAws();
  server = await startResponseServer();
  lines = [];
});

afterEach(async () => {
  await aws.close();
  await server.close();
});

/** Runs the function in the world's time, which goes on exactly while the function pauses. */
function invoke(other: Partial<CustomResourceRequest>, remaining = 300_000): Promise<void> {
  const started = aws.clock.now();
  const request = createRequest({ ResponseURL: server.url, ...other });
  const context = { getRemainingTimeInMillis: () => remaining - (aws.clock.now() - started) };
  return addresses(request, context, {
    clientsOf: () => aws.clients,
    endpoint: server.endpoint,
    wait: (milliseconds, signal) =>
      milliseconds > 10_000 ? expiry(milliseconds, signal) : pause(milliseconds, signal),
    write: (line) => lines.push(line),
  });
}

async function pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
  await aws.clock.advance(milliseconds);
  signal?.throwIfAborted();
}

function expiry(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    signal?.addEventListener('abort', () => reject(signal.reason));
    aws.clock.after(milliseconds, resolve);
  });
}

const answers = () => server.puts.map(({ body }) => body);

describe('the addresses custom resource', () => {
  it("answers the article's properties with ingress rules and the plain list", async () => {
    await aws.loadBalancer('edge', 'network');
    await invoke({ ResourceProperties: { ServiceToken: 'x', nlbDescription: 'edge', listenerPort: '8080' } });
    const found = aws.nodes('edge');
    expect(answers()).toMatchObject([
      {
        Status: 'SUCCESS',
        PhysicalResourceId: 'addresses:edge',
        Data: {
          addresses: found,
          privateIps: found.map((address) => ({
            IpProtocol: 'tcp',
            CidrIp: `${address}/32`,
            FromPort: 8080,
            ToPort: 8080,
          })),
        },
      },
    ]);
    expect(found).toHaveLength(2);
  });

  it.each([
    { Format: undefined, want: (address: string) => `${address}/32` },
    { Format: 'plain', want: (address: string) => address },
  ])('answers Custom::LBIpAddress in the format $Format', async ({ Format, want }) => {
    const LoadBalancerArn = await aws.loadBalancer('edge', 'network');
    await invoke({ ResourceProperties: { LoadBalancerArn, ...(Format && { Format }) } });
    expect(answers()).toMatchObject([
      {
        PhysicalResourceId: `addresses:${LoadBalancerArn}`,
        Data: { PrivateIpAddresses: aws.nodes('edge').map(want) },
      },
    ]);
  });

  it('answers for an arn, on port 80 where none is given', async () => {
    const loadBalancerArn = await aws.loadBalancer('edge', 'network');
    await invoke({ ResourceProperties: { loadBalancerArn, subnetIds: aws.subnetIds } });
    expect(answers()).toMatchObject([
      { Status: 'SUCCESS', Data: { privateIps: [{ FromPort: 80 }, { FromPort: 80 }] } },
    ]);
  });

  it('waits until the load balancer is active', async () => {
    await aws.provisioning('edge', 'network');
    await invoke({});
    expect(answers()).toMatchObject([{ Status: 'SUCCESS', Data: { addresses: aws.nodes('edge') } }]);
  });

  it('waits until there is an interface in each subnet', async () => {
    await aws.loadBalancer('edge', 'network');
    const [held] = [...aws.world.network.interfaces.values()].filter(({ description }) =>
      description.startsWith('ELB net/edge/'),
    );
    if (held) held.status = 'attaching';
    aws.clock.after(20_000, () => {
      if (held) held.status = 'in-use';
    });
    await invoke({});
    expect(answers()).toMatchObject([{ Status: 'SUCCESS', Data: { addresses: aws.nodes('edge') } }]);
  });

  it('answers FAILED with what is missing before its own time is up (FM24)', async () => {
    await aws.loadBalancer('edge', 'network');
    for (const held of aws.world.network.interfaces.values()) held.status = 'attaching';
    const started = aws.clock.now();
    await invoke({}, 60_000);
    expect(aws.clock.now() - started).toBeLessThan(60_000);
    expect(answers()).toMatchObject([
      {
        Status: 'FAILED',
        Reason: expect.stringMatching(/^not ready after 50 s: .* with interfaces in 0 of 2 subnets$/),
      },
    ]);
  });

  it('answers FAILED at once for a load balancer that does not exist', async () => {
    const started = aws.clock.now();
    await invoke({});
    expect(aws.clock.now()).toBe(started);
    expect(answers()).toMatchObject([
      {
        Status: 'FAILED',
        PhysicalResourceId: 'addresses:edge',
        Reason: expect.stringContaining("load balancer is 'edge'"),
      },
    ]);
  });

  it('answers FAILED for properties that are not valid', async () => {
    await invoke({ ResourceProperties: { nlbDescription: 'edge', listenerPort: 'http' } });
    expect(answers()).toMatchObject([
      { Status: 'FAILED', Reason: expect.stringContaining("listenerPort is 'http'") },
    ]);
  });

  it('answers SUCCESS on Delete, without a call to AWS (FM24)', async () => {
    await invoke({ RequestType: 'Delete', PhysicalResourceId: 'unknown to us' });
    expect(answers()).toMatchObject([{ Status: 'SUCCESS', PhysicalResourceId: 'unknown to us' }]);
    expect(aws.calls.filter(({ operation }) => /Load|Interface/.test(operation))).toEqual([]);
  });

  it('reads the addresses anew on Update, as the same resource', async () => {
    await aws.loadBalancer('edge', 'network');
    await invoke({
      RequestType: 'Update',
      PhysicalResourceId: 'addresses:edge',
      ResourceProperties: { nlbDescription: 'edge', listenerPort: '81' },
      OldResourceProperties: { nlbDescription: 'edge', listenerPort: '80' },
    });
    expect(answers()).toMatchObject([
      {
        Status: 'SUCCESS',
        PhysicalResourceId: 'addresses:edge',
        Data: { privateIps: [{ ToPort: 81 }, { ToPort: 81 }] },
      },
    ]);
  });

  it('answers the addresses that the load balancer has in its subnets of now (FM23)', async () => {
    const arn = await aws.loadBalancer('edge', 'network');
    const [first = '', second = ''] = aws.subnetIds;
    const update = async (now: string[], before: string[]): Promise<string[]> => {
      await aws.clients.elbv2.send(new SetSubnetsCommand({ LoadBalancerArn: arn, Subnets: now }));
      await aws.clock.advance(60_000);
      await invoke({
        RequestType: 'Update',
        PhysicalResourceId: `addresses:${arn}`,
        ResourceProperties: { loadBalancerArn: arn, subnetIds: now },
        OldResourceProperties: { loadBalancerArn: arn, subnetIds: before },
      });
      const { PhysicalResourceId, Data } = answers().at(-1) as {
        PhysicalResourceId: string;
        Data: { addresses: string[]; privateIps: { CidrIp: string }[] };
      };
      expect(PhysicalResourceId).toBe(`addresses:${arn}`);
      expect(Data.privateIps.map(({ CidrIp }) => CidrIp)).toEqual(Data.addresses.map((one) => `${one}/32`));
      return Data.addresses;
    };
    const both = aws.nodes('edge');
    const one = await update([first], [first, second]);
    expect(one).toEqual(both.filter((address) => address.startsWith('10.0.0.')));
    const again = await update([first, second], [first]);
    expect(again).toEqual(aws.nodes('edge'));
    expect(again).toHaveLength(2);
  });

  it("sends nothing to a host that is not CloudFormation's, and logs no response URL", async () => {
    await expect(invoke({ ResponseURL: 'https://example.com/?X-Amz-Signature=secret' })).rejects.toThrow(
      'nothing was sent',
    );
    await invoke({});
    expect(lines).toHaveLength(2);
    expect(lines.join()).not.toMatch(/secret|X-Amz|127\.0\.0\.1|example\.com/);
  });
});
