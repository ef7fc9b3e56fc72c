import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Emulator, scaledClock, startEmulator } from '../src/emulator/index.ts';
import { runClient } from './foreign-client.ts';
import { inventory } from './inventory.ts';
import { until } from './until.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const require = createRequire(import.meta.url);
const command = require.resolve('aws-cdk/bin/cdk');

const account = '000000000000';
const stackName = 'private-api';

describe('the CDK’s command line', () => {
  const clock = scaledClock(60);
  const folder = mkdtempSync(join(tmpdir(), 'albridge-cdk-command-'));
  let local: Emulator;
  let before: Record<string, number>;

  beforeAll(async () => {
    local = await startEmulator({ port: 0, clock, seed: 1, dataPlane: { apiPort: 0 } });
    before = inventory(local.cell());
  });
  afterAll(async () => {
    await local.close();
    clock.close();
    rmSync(folder, { recursive: true });
  });

  const env = {
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    CDK_DISABLE_CLI_TELEMETRY: 'true',
    CDK_DISABLE_VERSION_CHECK: '1',
    CDK_HOME: folder,
    // Sends all that it says to the standard output.
    CI: 'true',
    NO_COLOR: '1',
  };
  const cdk = (...args: string[]): Promise<string> =>
    runClient(local.endpoint, process.execPath, [command, ...args, '--no-notices', '--progress', 'bar'], {
      cwd: folder,
      env,
    });
  const assembly = join(folder, 'assembly');
  /** Runs the app, which takes longer than all the rest; the others take what it left. */
  const run = ['--app', `${process.execPath} ${join(root, 'test', 'cdk-app.mjs')}`, '--output', assembly];
  const app = ['--app', assembly];
  const stack = () => local.cell().stacks.find(stackName);
  const rolesUsed = () => [...local.cell().identity.roles.values()].map(({ name }) => name);

  it('bootstraps the account', async () => {
    await cdk('bootstrap', `aws://${account}/us-east-1`);

    const { buckets, parameters } = local.cell();
    expect(Number(parameters.valueOf('/cdk-bootstrap/hnb659fds/version'))).toBeGreaterThan(20);
    expect(buckets.all.get(`cdk-hnb659fds-assets-${account}-us-east-1`)?.versioning).toBe('Enabled');
    expect(rolesUsed()).toContain(`cdk-hnb659fds-deploy-role-${account}-us-east-1`);
    before = { ...before, roles: local.cell().identity.roles.size };
  });

  it('deploys an app with its functions’ code, by the roles of the bootstrap', async () => {
    const said = await cdk('deploy', 'Before', ...run, '--require-approval', 'never');

    expect(said).toMatch(/Before.ApiUrl = https:\S+\/prod/);
    // It falls back on the caller's own credentials where a role does not let it.
    expect(said).not.toMatch(/could not be used to assume/);
    expect(stack()?.status).toBe('CREATE_COMPLETE');
    expect(stack()?.definition.roleArn).toContain('cfn-exec-role');
    const { loadBalancing } = local.cell();
    const groups = [...loadBalancing.targetGroups.values()];
    const nlbGroup = groups.find(({ protocol }) => protocol === 'TCP');
    await until(loadBalancing.changes, () => (nlbGroup?.registrations.size ?? 0) > 0);
    const alb = [...loadBalancing.loadBalancers.values()].find(({ type }) => type === 'application');
    expect([...(nlbGroup?.registrations.values() ?? [])].map(({ id }) => id).sort()).toEqual(
      alb?.nodes.flatMap((node) => node.interface.privateIpAddresses).sort(),
    );
  });

  it('finds no difference to what is deployed', async () => {
    expect(await cdk('diff', 'Before', ...app, '--fail')).toContain('Number of stacks with differences: 0');
  });

  it('tells by a change set what would be changed', async () => {
    const differing = cdk('diff', 'After', ...app, '--fail');
    await expect(differing).rejects.toThrow(/ListenerRule[\s\S]*\+.*\/api\/\*/);
    await expect(differing).rejects.not.toThrow('Could not create a change set');
    expect(stack()?.changeSets.size).toBe(1);
  });

  it('deploys the change, and then sees that there is none', async () => {
    const deploy = () => cdk('deploy', 'After', ...app, '--require-approval', 'never');
    await deploy();
    expect(stack()?.status).toBe('UPDATE_COMPLETE');
    expect(await deploy()).toContain('(no changes)');
  });

  it('destroys it, and leaves nothing behind', async () => {
    await cdk('destroy', 'After', ...app, '--force');
    expect(stack()).toBeUndefined();
    expect(inventory(local.cell())).toEqual(before);
  });
});
