import { createServer, type RequestListener } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { Socket } from 'node:net';
import { connect, type TLSSocket } from 'node:tls';
import { expect, it } from 'vitest';
import { steppedClock } from '../../clock/stepped-clock.ts';
import { loopback } from '../loopback/loopback.ts';
import { ignoreErrors } from '../loopback/reset.ts';
import { serveSockets } from '../served-sockets.ts';
import { closingAfterEach } from '../testing/closing.ts';
import { machineOf } from '../testing/machine.ts';
import { received } from '../testing/received.ts';
import { addBalancer, addHost, addListener, addTargetGroup, emptyCell, forwardTo } from '../testing/world.ts';
import { openCertificates } from '../tls/certificates.ts';

const closing = closingAfterEach();
const at = { address: '10.0.0.10', port: 443 };

/** An HTTPS listener whose target, of this protocol, runs `handle`; gives a way to say something to it. */
async function open(protocol: 'HTTP' | 'HTTPS', handle: RequestListener) {
  const cell = emptyCell(steppedClock());
  const machine = machineOf(loopback('single'));
  const sockets = serveSockets(cell, machine);
  closing(() => sockets.close());
  const alb = addBalancer(cell, 'application', [at.address]);
  const group = addTargetGroup(cell, ['10.0.9.1'], { protocol });
  addListener(cell, alb, forwardTo(group), { protocol: 'HTTPS', port: 443 });
  const own = openCertificates(() => Date.now()).issue('app.example');
  const server = protocol === 'HTTPS' ? createSecureServer(own, handle) : createServer(handle);
  await addHost(cell, '10.0.9.1', server);
  closing(() => server.close());
  closing(() => server.closeAllConnections());
  await sockets.settled();
  return (options: object = {}): TLSSocket => {
    const carrier = machine.loopback.connect({ from: { address: '10.0.0.77' }, to: at });
    ignoreErrors(carrier);
    const trusted = { ca: machine.certificates.authority, servername: alb.dnsName };
    ignoreErrors(carrier);
    const socket = connect({ socket: carrier, ...trusted, ...options });
    closing(() => socket.destroy());
    return socket;
  };
}

const request = 'GET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n';

it.each(['HTTP', 'HTTPS'] as const)('terminates TLS, and asks its %s target', async (protocol) => {
  const dial = await open(protocol, ({ headers }, response) =>
    response.end(
      `${headers['x-forwarded-proto']} ${headers['x-forwarded-port']} ${headers['x-forwarded-for']}`,
    ),
  );
  const socket = dial();
  socket.write(request);
  const answer = await received(socket);
  expect(socket.authorized).toBe(true);
  expect(answer).toContain('HTTP/1.1 200 OK');
  expect(answer).toContain('https 443 10.0.0.77');
});

it('speaks HTTP/1.1 alone, whatever else a client offers', async () => {
  const dial = await open('HTTP', (_request, response) => response.end());
  const socket = dial({ ALPNProtocols: ['h2', 'http/1.1'] });
  socket.write(request);
  await received(socket);
  expect(socket.alpnProtocol).toBe('http/1.1');
});

it('carries protocols that a client changes to', async () => {
  const cell = emptyCell(steppedClock());
  const machine = machineOf(loopback('single'));
  const sockets = serveSockets(cell, machine);
  closing(() => sockets.close());
  const alb = addBalancer(cell, 'application', [at.address]);
  addListener(cell, alb, forwardTo(addTargetGroup(cell, ['10.0.9.1'])), { protocol: 'HTTPS', port: 443 });
  const server = createServer();
  server.on('upgrade', (_request, socket) => {
    ignoreErrors(socket as Socket);
    socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n');
    socket.end('bye');
  });
  await addHost(cell, '10.0.9.1', server);
  closing(() => server.close());
  await sockets.settled();
  const carrier = machine.loopback.connect({ from: undefined, to: at });
  ignoreErrors(carrier);
  const socket = connect({ socket: carrier, ca: machine.certificates.authority, servername: alb.dnsName });
  closing(() => socket.destroy());
  socket.write('GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n');
  expect(await received(socket)).toMatch(/^HTTP\/1\.1 101 .*bye$/s);
});
