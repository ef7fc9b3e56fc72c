import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';

const main = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url));

interface Line {
  event: string;
  [name: string]: unknown;
}

/** An `albridge` that runs, with the lines of JSON it has written. */
class Running {
  readonly lines: Line[] = [];
  readonly process: ChildProcess;
  readonly #exited: Promise<unknown[]>;
  readonly #waiting = new Set<() => void>();
  stderr = '';

  constructor(args: string[]) {
    this.process = spawn(process.execPath, [main, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    this.#exited = once(this.process, 'close');
    const { stdout, stderr } = this.process;
    if (!stdout || !stderr) throw new Error('the process has no output');
    stderr.on('data', (bytes: Buffer) => {
      this.stderr += bytes.toString();
    });
    createInterface({ input: stdout }).on('line', (text) => {
      this.lines.push(text.startsWith('{') ? (JSON.parse(text) as Line) : { event: 'text', text });
      for (const look of this.#waiting) look();
    });
  }

  /** The first line that fits, written already or still to come. */
  line(event: string, fits: (line: Line) => boolean = () => true): Promise<Line> {
    return new Promise((resolve, reject) => {
      const look = (): void => {
        const found = this.lines.find((line) => line.event === event && fits(line));
        if (!found) return;
        this.#waiting.delete(look);
        resolve(found);
      };
      this.#waiting.add(look);
      void this.#exited.then(() => reject(new Error(`ended without a line ${event}: ${this.stderr}`)));
      look();
    });
  }

  async end(signal?: NodeJS.Signals): Promise<number | null> {
    if (signal) this.process.kill(signal);
    const [status] = await this.#exited;
    return status as number | null;
  }
}

const running: Running[] = [];

function albridge(...args: string[]): Running {
  const started = new Running(args);
  running.push(started);
  return started;
}

afterEach(async () => {
  for (const one of running.splice(0)) await one.end('SIGKILL');
});

const quick = ['--json', '--port', '0', '--api-port', '0', '--time-scale', '60'];

describe('albridge local', () => {
  it('brings the bridge up, scales when told to, and ends what it started', async () => {
    const local = albridge('local', ...quick, '--traffic', '20');
    const ready = await local.line('ready');
    expect(Object.keys(ready.outputs as object).sort()).toEqual([
      'AlbArn',
      'AlbSecurityGroupId',
      'ApiUrl',
      'NlbArn',
      'NlbTargetGroupArn',
    ]);
    expect((await fetch(`${ready.apiUrl}/hello`)).status).toBe(200);
    expect((await fetch(`${ready.apiUrl}/other`)).status).toBe(404);

    const scaling = albridge('local', 'scale', '5', '--port', new URL(String(ready.endpoint)).port);
    expect((await scaling.line('text')).text).toMatch(/2 → 5 nodes$/);
    expect(await scaling.end()).toBe(0);
    expect(await local.line('scaling')).toMatchObject({ from: 2, to: 5 });
    const pass = await local.line('pass', ({ added }) => (added as string[]).length > 0);
    expect(pass.errors).toEqual([]);
    await local.line('traffic', ({ requests }) => Number(requests) > 0);

    expect(await local.end('SIGINT')).toBe(0);
    expect(local.lines.at(-1)).toMatchObject({ event: 'stopped', failures: 0 });
    await expect(fetch(`${ready.endpoint}/_emulator/health`)).rejects.toThrow();
    expect(local.stderr).toBe('');
  });

  it('puts a server of the user’s behind the bridge, for all paths', async () => {
    const own = createServer((request, response) => response.end(`mine: ${request.url}`)).listen(
      0,
      '127.0.0.1',
    );
    await once(own, 'listening');
    const local = albridge('local', ...quick, '--target', `127.0.0.1:${(own.address() as AddressInfo).port}`);
    const { apiUrl } = await local.line('ready');
    expect(await (await fetch(`${apiUrl}/any/path`)).text()).toBe('mine: /any/path');
    expect(await local.end('SIGTERM')).toBe(0);
    own.close();
  });

  it('starts an AWS without anything in it', async () => {
    const local = albridge('local', ...quick, '--empty');
    const ready = await local.line('ready');
    expect(Object.keys(ready)).toEqual(['event', 'endpoint', 'dns']);
    expect(await (await fetch(`${ready.endpoint}/_emulator/health`)).json()).toEqual({ status: 'running' });
    expect(await local.end('SIGINT')).toBe(0);
  });

  it.each([
    ['the endpoint', '--port'],
    ['API Gateway', '--api-port'],
  ])('says that the port of %s is in use, and which option changes it', async (_name, option) => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const taken = String((other.address() as AddressInfo).port);
    const ports = { '--port': '0', '--api-port': '0', [option]: taken };
    const local = albridge('local', '--json', ...Object.entries(ports).flat());
    expect(await local.end()).toBe(1);
    expect(local.stderr).toContain(`port ${taken} of 127.0.0.1 is in use`);
    expect(local.stderr).toContain(option);
    other.close();
  });

  it.each([
    [['--time-scale', 'fast'], /'fast' is not a number/],
    [['--target', 'localhost'], /'localhost' is not host:port/],
    [['--loopback', 'both'], /Allowed choices are auto, many, single/],
    [['--empty', '--churn'], /--empty deploys nothing/],
    [['scale', '0'], /'0' is not a number from 1 to 100/],
    [['scale', '2.5'], /'2.5' is not a whole number/],
    [['scale', '3', '--port', '9'], /nothing listens at http:\/\/127\.0\.0\.1:9/],
  ])('refuses %j with a reason', async (args, reason) => {
    const local = albridge('local', ...args);
    expect(await local.end()).toBe(1);
    expect(local.stderr).toMatch(reason);
    expect(local.stderr).not.toMatch(/^ +at /m);
  });
});
