import { once } from 'node:events';
import type { Socket } from 'node:net';
import { connect, createServer as createTlsServer, type TLSSocket } from 'node:tls';
import { describe, expect, it } from 'vitest';
import { closingAfterEach } from '../testing/closing.ts';
import { type NlbWorld, nlbWorld } from '../testing/nlb.ts';
import { received } from '../testing/received.ts';
import { addSecurityGroup } from '../testing/world.ts';
import { openCertificates } from '../tls/certificates.ts';

const closing = closingAfterEach();
const tls = { protocol: 'TLS', sslPolicy: 'ELBSecurityPolicy-TLS13-1-2-2021-06' };

async function open(given: Parameters<typeof nlbWorld>[0] = {}): Promise<NlbWorld> {
  const world = await nlbWorld({ listener: tls, ...given });
  closing(() => world.close());
  return world;
}

function secure(world: NlbWorld, carrier: Socket, options: object = {}): TLSSocket {
  const socket = connect({ socket: carrier, ca: world.authority, servername: world.nlb.dnsName, ...options });
  closing(() => socket.destroy());
  return socket;
}

const answer = (socket: Socket): void => void received(socket).then((text) => socket.end(`got ${text}`));

describe('a TLS listener', () => {
  it('terminates TLS as its load balancer, and speaks in the clear to a TCP target', async () => {
    const world = await open();
    await world.serve('10.0.9.1', answer);
    const socket = secure(world, world.client());
    socket.end('hello');
    expect(await received(socket)).toBe('got hello');
    expect(socket.authorized).toBe(true);
  });

  it('speaks TLS to a target of a TLS group, whoever certified it', async () => {
    const world = await open({ group: { protocol: 'TLS' } });
    const foreign = openCertificates(() => Date.now()).issue('elsewhere.example');
    await world.serve('10.0.9.1', answer, createTlsServer({ ...foreign, allowHalfOpen: true }));
    const socket = secure(world, world.client());
    socket.end('hello');
    expect(await received(socket)).toBe('got hello');
  });

  it.each([
    { alpnPolicy: 'HTTP1Only', want: 'http/1.1' },
    { alpnPolicy: 'HTTP2Only', want: 'h2' },
    { alpnPolicy: 'HTTP2Preferred', want: 'h2' },
    { alpnPolicy: 'HTTP2Optional', want: 'http/1.1' },
    { alpnPolicy: 'None', want: false },
  ])('negotiates as the ALPN policy $alpnPolicy says', async ({ alpnPolicy, want }) => {
    const world = await open({ listener: { ...tls, alpnPolicy } });
    const socket = secure(world, world.client(), { ALPNProtocols: ['h2', 'http/1.1'] });
    await once(socket, 'secureConnect');
    expect(socket.alpnProtocol).toBe(want);
  });

  it.each([
    { sslPolicy: 'ELBSecurityPolicy-TLS-1-2-2017-01', want: 'TLSv1.2' },
    { sslPolicy: 'ELBSecurityPolicy-TLS13-1-3-2021-06', want: 'TLSv1.3' },
  ])('speaks the version of $sslPolicy', async ({ sslPolicy, want }) => {
    const world = await open({ listener: { protocol: 'TLS', sslPolicy } });
    const socket = secure(world, world.client());
    await once(socket, 'secureConnect');
    expect(socket.getProtocol()).toBe(want);
  });

  it('refuses a client whose versions the policy leaves out', async () => {
    const world = await open({
      listener: { protocol: 'TLS', sslPolicy: 'ELBSecurityPolicy-TLS13-1-3-2021-06' },
    });
    const socket = secure(world, world.client(), { maxVersion: 'TLSv1.2' });
    await expect(once(socket, 'secureConnect')).rejects.toThrow();
  });

  it('lets nobody begin whom its security groups keep out', async () => {
    const world = await open();
    world.nlb.securityGroupIds = [addSecurityGroup(world.cell, '10.0.0.64/27')];
    const { host = '', port = 0 } = world.network.where({ address: '10.0.0.20', port: 80 }) ?? {};
    await expect(once(connect({ host, port, ca: world.authority }), 'secureConnect')).rejects.toThrow();
  });

  it('resets the client when its target resets', async () => {
    const world = await open();
    await world.serve('10.0.9.1', (socket) => socket.once('data', () => socket.resetAndDestroy()));
    const carrier = world.client();
    const socket = secure(world, carrier);
    socket.write('hello');
    await expect(received(socket)).rejects.toThrow('ECONNRESET');
  });
});
