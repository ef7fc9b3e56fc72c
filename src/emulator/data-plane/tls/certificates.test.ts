import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { connect, createServer, type TLSSocket } from 'node:tls';
import { expect, it } from 'vitest';
import { closingAfterEach } from '../testing/closing.ts';
import { openCertificates } from './certificates.ts';

const closing = closingAfterEach();
async function serve() {
  const certificates = openCertificates(() => Date.now());
  const server = createServer(certificates.issue('a.example'));
  server.on('tlsClientError', () => {});
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closing(() => server.close());
  const { port } = server.address() as { port: number };
  return (servername: string, options: object = {}): TLSSocket => {
    const given = { port, host: '127.0.0.1', servername, ca: certificates.authority, ...options };
    const socket = connect(given);
    closing(() => socket.destroy());
    return socket;
  };
}

it('is believed by who trusts the authority, for the name it is made for', async () => {
  const dial = await serve();
  const socket = dial('a.example');
  await once(socket, 'secureConnect');
  expect(socket.authorized).toBe(true);
  await expect(once(dial('b.example'), 'secureConnect')).rejects.toMatchObject({
    code: 'ERR_TLS_CERT_ALTNAME_INVALID',
  });
});

it('is not believed by others', async () => {
  const dial = await serve();
  await expect(once(dial('a.example', { ca: [] }), 'secureConnect')).rejects.toThrow(/certificate/);
});

it('is dated by the clock given, and names whom it is for', () => {
  const certificates = openCertificates(() => Date.UTC(2031, 5, 2));
  const authority = new X509Certificate(certificates.authority);
  expect(authority.ca).toBe(true);
  expect(new Date(authority.validFrom).toISOString()).toBe('2031-06-01T00:00:00.000Z');
  expect(authority.verify(authority.publicKey)).toBe(true);
  expect(authority.subject).toBe('CN=Local AWS certificate authority');
});
