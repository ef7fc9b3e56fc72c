// Sends requests to one URL for some seconds, so many at a time, each after the answer to the one before.
import { Pool } from 'undici';
import { median } from '../median.ts';

const [url = '', connections = '', seconds = ''] = process.argv.slice(2);
const { origin, pathname: path } = new URL(url);
const pool = new Pool(origin, { connections: Number(connections) });
const milliseconds: number[] = [];
let failures = 0;

const began = performance.now();
const end = began + Number(seconds) * 1_000;
await Promise.all(Array.from({ length: Number(connections) }, client));
const elapsed = performance.now() - began;
await pool.close();

process.send?.({
  requestsPerSecond: (milliseconds.length / elapsed) * 1_000,
  milliseconds: median(milliseconds),
  failures,
});

async function client(): Promise<void> {
  while (performance.now() < end) {
    const sent = performance.now();
    const { statusCode, body } = await pool.request({ method: 'GET', path });
    await body.dump();
    milliseconds.push(performance.now() - sent);
    if (statusCode !== 200) failures++;
  }
}
