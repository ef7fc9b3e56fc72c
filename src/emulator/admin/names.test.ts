import { decode, encode } from 'dns-packet';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { steppedClock } from '../clock/stepped-clock.ts';
import { type Emulator, startEmulator } from '../emulator.ts';

let local: Emulator;

beforeEach(async () => {
  local = await startEmulator({ clock: steppedClock(), port: 0, dataPlane: false, seed: 1 });
});

afterEach(() => local.close());

function request(method: string, name: string, body?: unknown): Promise<Response> {
  const url = `${local.endpoint}/_emulator/names/${name}`;
  return fetch(url, { method, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
}

function lookUp(name: string): unknown {
  local.cell();
  const query = encode({ type: 'query', id: 1, questions: [{ name, type: 'A' }] });
  const answer = local.answerDns(query, 'udp');
  return answer && decode(answer).answers?.map((record) => ('data' in record ? record.data : undefined));
}

it('sets what a name stands for, and takes it back', async () => {
  const set = await request('PUT', 'db.example', { addresses: ['10.0.0.9', 'fd00::9'], ttl: 5 });
  expect(await set.json()).toEqual({ name: 'db.example', addresses: ['10.0.0.9', 'fd00::9'], ttl: 5 });
  await request('PUT', 'cluster.example', { alias: 'db.example' });
  expect(lookUp('db.example')).toEqual(['10.0.0.9']);
  expect(lookUp('cluster.example')).toEqual(['db.example', '10.0.0.9']);
  expect((await request('DELETE', 'db.example')).status).toBe(200);
  expect(lookUp('db.example')).toEqual([]);
  expect((await request('DELETE', 'db.example')).status).toBe(404);
});

it('has a name fail', async () => {
  await request('PUT', 'db.example', { addresses: [], failure: 'silence' });
  expect(lookUp('db.example')).toBeUndefined();
});

it.each([{}, { addresses: ['web'] }, { alias: 'a', addresses: [] }, { addresses: [], ttl: -1 }])(
  'refuses %j',
  async (body) => {
    const refused = await request('PUT', 'db.example', body);
    expect(refused.status).toBe(400);
    expect(await refused.json()).toMatchObject({ error: 'InvalidName' });
  },
);
