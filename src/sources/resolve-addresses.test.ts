import { createSocket, type Socket } from 'node:dgram';
import { getServers, setServers } from 'node:dns';
import { once } from 'node:events';
import { decode, encode } from 'dns-packet';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { resolveAddresses } from './resolve-addresses.ts';

const resolvers = getServers();
let server: Socket;

/** A DNS server that knows `web`, refuses the rest, and does not answer about `silent`. */
beforeEach(async () => {
  server = createSocket('udp4');
  server.on('message', (message, peer) => {
    const { id, questions = [] } = decode(message);
    const [question] = questions;
    if (question?.name === 'silent.test') return;
    const answers =
      question?.name === 'web.test'
        ? [{ type: 'A' as const, name: 'web.test', ttl: 60, data: '10.0.0.1' }]
        : [];
    const refused = answers.length === 0 ? 3 : 0;
    server.send(
      encode({ type: 'response', id: id ?? 0, flags: refused, questions, answers }),
      peer.port,
      peer.address,
    );
  });
  server.bind(0, '127.0.0.1');
  await once(server, 'listening');
  setServers([`127.0.0.1:${server.address().port}`]);
});

afterEach(() => {
  setServers(resolvers);
  server.close();
});

describe('resolveAddresses', () => {
  it('asks the servers that the process is set to', async () => {
    expect(await resolveAddresses('web.test')).toEqual(['10.0.0.1']);
  });

  it('rejects where there is no such name', async () => {
    await expect(resolveAddresses('other.test')).rejects.toMatchObject({ code: 'ENOTFOUND' });
  });

  it('rejects where nobody answers, without waiting long', async () => {
    await expect(resolveAddresses('silent.test')).rejects.toThrow(
      "no answer for 'silent.test' from dns within 2000 ms",
    );
  });
});
