import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Emulator, scaledClock, startEmulator } from '../src/emulator/index.ts';
import { isInstalled, runClient } from './foreign-client.ts';

const hasMoto = isInstalled('moto', 'python3', '-c', 'import boto3, flask, moto.server');
const timeScale = 60;
const script = fileURLToPath(new URL('same-calls.py', import.meta.url));

/** By the name of the call: what was answered. */
type Answers = Record<string, unknown>;

describe.skipIf(!hasMoto)('beside moto', () => {
  const clock = scaledClock(timeScale);
  let local: Emulator;
  let moto: ChildProcess;
  let [ours, theirs]: Answers[] = [];

  beforeAll(async () => {
    local = await startEmulator({ port: 0, clock, seed: 1, dataPlane: false });
    moto = spawn('python3', ['-m', 'moto.server', '-H', '127.0.0.1', '-p', '0'], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    // Both are in the account that moto has for who names none.
    const env = { AWS_ACCESS_KEY_ID: '123456789012' };
    const ask = async (endpoint: string): Promise<Answers> =>
      JSON.parse(await runClient(endpoint, 'python3', [script], { timeScale, env })) as Answers;
    [ours, theirs] = await Promise.all([ask(local.endpoint), addressOf(moto).then(ask)]);
  });
  afterAll(async () => {
    moto?.kill();
    await local?.close();
    clock.close();
  });

  it('answers the same calls', () => {
    expect(Object.keys(ours ?? {}).length).toBeGreaterThan(50);
    expect(Object.keys(ours ?? {})).toEqual(Object.keys(theirs ?? {}));
  });

  it('answers as moto does, but for what is written in docs/emulator.md', () => {
    const [mine, its] = [ours ?? {}, theirs ?? {}];
    const departures = writtenDepartures();
    expect(without(mine, departures)).toEqual(without(its, departures));
    const agreed = departures.filter((name) => JSON.stringify(mine[name]) === JSON.stringify(its[name]));
    expect(agreed, 'written as a departure, and none').toEqual([]);
  });
});

/** Where moto listens: it says so once it does. */
async function addressOf({ stderr }: ChildProcess): Promise<string> {
  if (!stderr) throw new Error('moto was started without its standard error: it tells the port there');
  for await (const line of createInterface({ input: stderr })) {
    const url = /http:\/\/127\.0\.0\.1:\d+/.exec(line)?.[0];
    // Read on, or it would block on what nobody reads.
    if (url !== undefined) return stderr.resume() && url;
  }
  throw new Error('moto ended before it listened: run python3 -m moto.server to see why');
}

function without(answers: Answers, names: readonly string[]): Answers {
  return Object.fromEntries(Object.entries(answers).filter(([name]) => !names.includes(name)));
}

/** The calls in the first column of the table. */
function writtenDepartures(): string[] {
  const text = readFileSync(new URL('../docs/emulator.md', import.meta.url), 'utf8');
  const section = text.split('### Where moto departs from AWS')[1]?.split(/\n##/)[0] ?? '';
  const rows = [...section.matchAll(/^\| ([^|]+?) \|/gm)].map(([, name = '']) => name);
  return rows.filter((name) => name !== 'call');
}
