import type { CreateListenerCommandInput } from '@aws-sdk/client-elastic-load-balancing-v2';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fixed, forward, type LoadBalancerWorld, loadBalancerWorld } from './testing/load-balancers.ts';

const certificate = 'arn:aws:acm:us-east-1:000000000000:certificate/one';
const other = 'arn:aws:acm:us-east-1:000000000000:certificate/two';

let world: LoadBalancerWorld;
let alb: string;
let nlb: string;
let port = 1000;

beforeAll(async () => {
  world = await loadBalancerWorld();
  [alb, nlb] = [await world.balancer('application'), await world.balancer('network')];
});
afterAll(() => world.close());

async function create(LoadBalancerArn: string, rest: Partial<CreateListenerCommandInput>) {
  const input = { LoadBalancerArn, Port: port++, DefaultActions: [fixed], ...rest };
  const { Listeners } = await world.elb.createListener(input);
  return Listeners?.[0] ?? {};
}

const https = { Protocol: 'HTTPS' as const, Certificates: [{ CertificateArn: certificate }] };

describe('an HTTPS listener', () => {
  it('keeps its certificate and policy, or has the default one', async () => {
    const SslPolicy = 'ELBSecurityPolicy-TLS13-1-2-2021-06';
    expect(await create(alb, { ...https, SslPolicy })).toMatchObject({ ...https, SslPolicy });
    expect(await create(alb, https)).toMatchObject({ ...https, SslPolicy: 'ELBSecurityPolicy-2016-08' });
  });

  it('has further certificates, the default one first, which stays', async () => {
    const { ListenerArn } = await create(alb, https);
    await world.elb.addListenerCertificates({ ListenerArn, Certificates: [{ CertificateArn: other }] });
    expect(await world.elb.describeListenerCertificates({ ListenerArn })).toMatchObject({
      Certificates: [
        { CertificateArn: certificate, IsDefault: true },
        { CertificateArn: other, IsDefault: false },
      ],
    });
    const remove = (CertificateArn: string) =>
      world.elb.removeListenerCertificates({ ListenerArn, Certificates: [{ CertificateArn }] });
    await remove(other);
    await expect(remove(certificate)).rejects.toMatchObject({ name: 'OperationNotPermittedException' });
  });

  it('is given up for HTTP, and needs its certificate anew', async () => {
    const { ListenerArn } = await create(alb, https);
    const { Listeners } = await world.elb.modifyListener({ ListenerArn, Protocol: 'HTTP' });
    expect([Listeners?.[0]?.Certificates ?? [], Listeners?.[0]?.SslPolicy]).toEqual([[], undefined]);
    await expect(world.elb.modifyListener({ ListenerArn, Protocol: 'HTTPS' })).rejects.toThrow(
      'A certificate must be specified for HTTPS listeners',
    );
  });

  it('keeps both where only its actions change', async () => {
    const { ListenerArn } = await create(alb, https);
    const { Listeners } = await world.elb.modifyListener({ ListenerArn, DefaultActions: [fixed] });
    expect(Listeners?.[0]).toMatchObject({ ...https, SslPolicy: 'ELBSecurityPolicy-2016-08' });
  });
});

describe('a TLS listener', () => {
  it('negotiates what it is told to', async () => {
    const DefaultActions = [forward(await world.group({ Protocol: 'TLS' }))];
    const made = await create(nlb, {
      ...https,
      Protocol: 'TLS',
      AlpnPolicy: ['HTTP2Preferred'],
      DefaultActions,
    });
    expect(made).toMatchObject({ Protocol: 'TLS', AlpnPolicy: ['HTTP2Preferred'] });
  });
});

describe('a listener is refused', () => {
  it.each([
    {
      name: 'without a certificate',
      input: { Protocol: 'HTTPS' },
      want: 'A certificate must be specified for HTTPS listeners',
    },
    {
      name: 'with a certificate in the clear',
      input: { ...https, Protocol: 'HTTP' },
      want: 'A certificate cannot be specifed for HTTP listeners',
    },
    {
      name: 'with a policy in the clear',
      input: { Protocol: 'HTTP', SslPolicy: 'x' },
      want: 'An SSL policy cannot be specifed for HTTP listeners',
    },
    {
      name: 'with a policy nobody has',
      input: { ...https, SslPolicy: 'x' },
      want: "SSL policy 'x' not found",
    },
    {
      name: 'with what is no certificate',
      input: { Protocol: 'HTTPS', Certificates: [{ CertificateArn: 'x' }] },
      want: "Certificate ARN 'x' is not valid",
    },
    {
      name: 'with two certificates',
      input: { Protocol: 'HTTPS', Certificates: [...https.Certificates, { CertificateArn: other }] },
      want: 'Up to 1 certificate',
    },
    {
      name: 'with an ALPN policy for HTTPS',
      input: { ...https, AlpnPolicy: ['HTTP2Only'] },
      want: 'An ALPN policy cannot be specified for HTTPS listeners',
    },
    {
      name: 'with the other layer’s protocol',
      input: { Protocol: 'TCP' },
      want: "Listener protocol 'TCP' must be one of 'HTTP, HTTPS'",
    },
  ] as const)('$name', async ({ input, want }) => {
    await expect(create(alb, input as object)).rejects.toThrow(want);
  });

  it.each([
    { listener: 'TLS', group: { Protocol: 'TCP' }, fits: true },
    { listener: 'TCP', group: { Protocol: 'TLS' }, fits: false },
    { listener: 'TLS', group: { Protocol: 'TCP', TargetType: 'alb' }, fits: false },
    { listener: 'TCP', group: { Protocol: 'TCP', TargetType: 'alb' }, fits: true },
    { listener: 'TCP', group: { Protocol: 'HTTP' }, fits: false },
  ] as const)(
    'or not: $listener before a group of $group.Protocol $group.TargetType',
    async ({ listener, group, fits }) => {
      const DefaultActions = [forward(await world.group(group))];
      const encryption = listener === 'TLS' ? { Certificates: https.Certificates } : {};
      const outcome = create(nlb, { Protocol: listener, DefaultActions, ...encryption }).then(
        () => undefined,
        (error: Error) => error.name,
      );
      expect(await outcome).toBe(fits ? undefined : 'IncompatibleProtocolsException');
    },
  );
});

it('lists the policies there are, with their versions', async () => {
  const Names = ['ELBSecurityPolicy-TLS13-1-2-2021-06'];
  const { SslPolicies } = await world.elb.describeSSLPolicies({ Names });
  expect(SslPolicies?.[0]?.SslProtocols).toEqual(['TLSv1.2', 'TLSv1.3']);
  await expect(world.elb.describeSSLPolicies({ Names: ['x'] })).rejects.toMatchObject({
    name: 'SSLPolicyNotFoundException',
  });
});
