import { createSocket } from 'node:dgram';
import { Resolver } from 'node:dns/promises';
import { once } from 'node:events';
import { connect } from 'node:net';
import { decode, encode } from 'dns-packet';
import { expect, it } from 'vitest';
import { closingAfterEach } from '../testing/closing.ts';
import { startDnsServer } from './dns-server.ts';
import type { NameRecords } from './name-records.ts';

const closing = closingAfterEach();

const known: Record<string, NameRecords> = {
  'known.example': { addresses: ['10.0.0.1'], ttl: 60 },
  'large.example': { addresses: Array.from({ length: 100 }, (_, host) => `10.0.0.${host}`), ttl: 5 },
};

async function start(): Promise<number> {
  const server = await startDnsServer(0, (name) => known[name]);
  closing(() => server.close());
  return server.port;
}

const query = encode({ type: 'query', id: 7, questions: [{ name: 'known.example', type: 'A' }] });

it('answers resolvers over UDP', async () => {
  const resolver = new Resolver({ tries: 1 });
  resolver.setServers([`127.0.0.1:${await start()}`]);
  expect(await resolver.resolve4('known.example', { ttl: true })).toEqual([{ address: '10.0.0.1', ttl: 60 }]);
  await expect(resolver.resolve4('unknown.example')).rejects.toMatchObject({ code: 'ENOTFOUND' });
  await expect(resolver.resolve6('known.example')).rejects.toMatchObject({ code: 'ENODATA' });
});

it('has resolvers ask over TCP for what a datagram cannot hold', async () => {
  const resolver = new Resolver({ tries: 1 });
  resolver.setServers([`127.0.0.1:${await start()}`]);
  expect(await resolver.resolve4('large.example')).toHaveLength(100);
});

it('answers each message of a TCP connection, however they are cut', async () => {
  const socket = connect(await start(), '127.0.0.1');
  closing(() => socket.destroy());
  const framed = Buffer.concat([Buffer.from([0, query.length]), query]);
  socket.write(Buffer.concat([framed, framed.subarray(0, 1)]));
  const [first] = (await once(socket, 'data')) as [Buffer];
  socket.write(framed.subarray(1));
  const [second] = (await once(socket, 'data')) as [Buffer];
  for (const answer of [first, second]) {
    expect(answer.readUInt16BE(0)).toBe(answer.length - 2);
    expect(decode(answer.subarray(2)).answers).toMatchObject([{ data: '10.0.0.1' }]);
  }
});

it('lives on after a message it can make nothing of', async () => {
  const port = await start();
  const socket = createSocket('udp4');
  closing(() => socket.close());
  socket.send(Buffer.from([1]), port, '127.0.0.1');
  socket.send(query, port, '127.0.0.1');
  const [answer] = (await once(socket, 'message')) as [Buffer];
  expect(decode(answer).id).toBe(7);
});

it('says when its port is in use, over TCP and over UDP', async () => {
  const port = await start();
  const message = `port ${port} of 127.0.0.1 is in use`;
  await expect(startDnsServer(port, () => undefined)).rejects.toThrow(message);
  const datagrams = createSocket('udp4');
  closing(() => datagrams.close());
  await new Promise<void>((resolve) => {
    datagrams.bind(0, '127.0.0.1', resolve);
  });
  await expect(startDnsServer(datagrams.address().port, () => undefined)).rejects.toThrow('is in use');
});
