import { once } from 'node:events';
import { Agent, request as httpRequest } from 'node:http';
import { createServer } from 'node:https';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { expect, it } from 'vitest';
import { cut } from '../loopback/reset.ts';
import { closingAfterEach } from '../testing/closing.ts';
import { openCertificates } from './certificates.ts';
import { encrypted } from './encrypted.ts';

const closing = closingAfterEach();

it('breaks with what carries it: a kept connection is replaced, and a request under way fails', async () => {
  const certificate = openCertificates(() => Date.now()).issue('there.example');
  const server = createServer(certificate, (request, response) => {
    if (request.url === '/kept') response.end('kept');
    else server.emit('asked');
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  closing(() => server.close());
  closing(() => server.closeAllConnections());
  const { port } = server.address() as AddressInfo;
  const carriers: Socket[] = [];
  const agent = new Agent({ keepAlive: true });
  agent.createConnection = () => {
    const carrier = connect(port, '127.0.0.1');
    carriers.push(carrier);
    return encrypted(carrier);
  };
  closing(() => agent.destroy());

  const free = once(agent, 'free') as Promise<[Socket]>;
  const [answer] = await once(httpRequest({ agent, path: '/kept' }).end(), 'response');
  answer.resume();
  const [kept] = await free;
  const closed = once(kept, 'close');
  for (const carrier of carriers) cut(carrier);
  await closed;

  const asked = once(server, 'asked');
  const open = httpRequest({ agent, path: '/open' }).end();
  await asked;
  expect(carriers).toHaveLength(2);
  const failure = once(open, 'error');
  for (const carrier of carriers) cut(carrier);
  expect(await failure).toMatchObject([{ code: 'ECONNRESET' }]);
});
