import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

/** A project that has the package installed as it would be published, and of other packages what it says it needs. */
let project: string;
let installed: string;

beforeAll(() => {
  project = mkdtempSync(join(tmpdir(), 'albridge-package-'));
  installed = join(project, 'node_modules', 'albridge');
  const [packed] = JSON.parse(npm('pack', '--dry-run', '--json', '--ignore-scripts'));
  for (const { path } of packed.files) cpSync(join(root, path), join(installed, path));
  const { dependencies, peerDependencies } = JSON.parse(
    readFileSync(join(installed, 'package.json'), 'utf8'),
  );
  for (const name of Object.keys({ ...dependencies, ...peerDependencies })) {
    const link = join(project, 'node_modules', name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(join(root, 'node_modules', name), link);
  }
});
afterAll(() => rmSync(project, { recursive: true, force: true }));

function npm(...args: string[]): string {
  return execFileSync('npm', args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

function run(script: string): string {
  const args = ['--input-type=module', '--eval', script];
  return execFileSync(process.execPath, args, { cwd: project, encoding: 'utf8', timeout: 30_000 });
}

it('gives what it exports', () => {
  const names = run(`
    const names = async (path) => Object.keys(await import(path));
    const all = await Promise.all(['albridge', 'albridge/cdk', 'albridge/emulator'].map(names));
    console.log(JSON.stringify(all));
  `);
  const [app, cdk, emulator] = JSON.parse(names) as [string[], string[], string[]];
  expect(app).toContain('parseConfigFile');
  expect(cdk).toContain('ApiGatewayAlbBridge');
  expect(emulator).toContain('startEmulator');
});

it('starts and stops a local AWS in two lines', () => {
  const told = run(`
    import { startEmulator } from 'albridge/emulator';
    const local = await startEmulator({ port: 0 });
    console.log(local.endpoint);
    await local.close();
  `);
  expect(told.trim()).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
});

it('synthesizes a bridge with the functions that it brings', () => {
  run(`
    import { ApiGatewayAlbBridge } from 'albridge/cdk';
    import { App, Stack } from 'aws-cdk-lib';
    import { Vpc } from 'aws-cdk-lib/aws-ec2';
    import { IpTarget } from 'aws-cdk-lib/aws-elasticloadbalancingv2-targets';
    const app = new App({ outdir: 'cdk.out' });
    const stack = new Stack(app, 'Stack');
    const vpc = new Vpc(stack, 'Vpc');
    new ApiGatewayAlbBridge(stack, 'Bridge', { targets: [new IpTarget('10.0.0.9')], vpc });
    app.synth();
  `);
  const assets = readdirSync(join(project, 'cdk.out')).filter((name) => name.startsWith('asset.'));
  const files = assets.flatMap((name) => readdirSync(join(project, 'cdk.out', name)));
  expect(files).toContain('index.mjs');
});

it('has the command', async () => {
  const { bin } = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'));
  const args = [
    join(installed, bin.albridge),
    'local',
    '--empty',
    '--json',
    '--port',
    '0',
    '--api-port',
    '0',
  ];
  const child = spawn(process.execPath, args, { cwd: project, stdio: ['ignore', 'pipe', 'inherit'] });
  const exit = once(child, 'exit');
  try {
    const [line] = await Promise.race([once(createInterface({ input: child.stdout }), 'line'), exit]);
    expect(JSON.parse(String(line))).toMatchObject({
      endpoint: expect.stringMatching(/^http:\/\/127\.0\.0\.1:/),
    });
  } finally {
    child.kill('SIGTERM');
  }
  expect(await exit).toEqual([0, null]);
});
