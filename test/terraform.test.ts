import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Cell, type Emulator, scaledClock, startEmulator } from '../src/emulator/index.ts';
import { isInstalled } from './foreign-client.ts';
import { inventory } from './inventory.ts';
import { openTerraformWorkspace, type TerraformWorkspace } from './terraform-workspace.ts';

const plugins = process.env.ALBRIDGE_TERRAFORM_PLUGINS ?? '';
if (plugins === '') {
  console.log(
    'skipped: Terraform’s AWS provider, as ALBRIDGE_TERRAFORM_PLUGINS names no folder of providers',
  );
}
const canRun = plugins !== '' && isInstalled('Terraform', 'terraform', 'version');

/** The provider waits by its own clock: half a minute before it looks at a load balancer at all. */
const timeout = 300_000;
const changed = '-var=changed=true';

const clock = scaledClock(60);
let local: Emulator;
let workspace: TerraformWorkspace;
let before: Record<string, number>;

beforeAll(async () => {
  if (!canRun) return;
  local = await startEmulator({ port: 0, clock, seed: 1, dataPlane: false });
  before = inventory(local.cell());
  workspace = openTerraformWorkspace('terraform', {
    endpoint: local.endpoint,
    plugins,
    variables: { code: fileURLToPath(new URL('../dist/lambda/sync.zip', import.meta.url)) },
  });
  await workspace.terraform('init', '-backend=false');
});
afterAll(async () => {
  workspace?.close();
  await local?.close();
  clock.close();
});

describe.skipIf(!canRun)('Terraform with the AWS provider', () => {
  it('applies a configuration, and then finds no difference', { timeout }, async () => {
    expect(await workspace.terraform('apply', '-auto-approve')).toMatch(
      /Apply complete! Resources: \d\d added, 0 changed, 0 destroyed/,
    );
    expect(await workspace.terraform('plan', '-detailed-exitcode')).toContain('No changes.');
    const { eventRules, loadBalancing } = local.cell();
    expect([...loadBalancing.loadBalancers.values()].map(({ state }) => state)).toEqual(['active', 'active']);
    expect(eventRules.all.get('terraform-schedule')?.scheduleExpression).toBe('rate(1 day)');
    expect(groupRules(local.cell(), 'terraform-nlb')).toContain('10.50.0.0/16');
    expect(instanceTypes(local.cell())).toEqual(['t4g.nano', 't4g.nano']);
    expect(alarmThreshold(local.cell())).toBe(1);
  });

  it('applies a change, and then finds no difference', { timeout }, async () => {
    expect(await workspace.terraform('apply', '-auto-approve', changed)).toMatch(
      /Apply complete! Resources: \d added, [1-9]\d changed, \d destroyed/,
    );
    expect(await workspace.terraform('plan', '-detailed-exitcode', changed)).toContain('No changes.');
    const { eventRules } = local.cell();
    expect(eventRules.all.get('terraform-schedule')?.scheduleExpression).toBe('rate(2 days)');
    expect(groupRules(local.cell(), 'terraform-nlb')).not.toContain('10.50.0.0/16');
    expect(instanceTypes(local.cell())).toEqual(['t4g.nano', 't4g.nano', 't4g.micro']);
    expect(alarmThreshold(local.cell())).toBe(2);
  });

  it('destroys all of it', { timeout }, async () => {
    expect(await workspace.terraform('destroy', '-auto-approve', changed)).toContain('Destroy complete!');
    expect(inventory(local.cell())).toEqual(before);
  });
});

function instanceTypes({ autoScaling }: Cell): string[] {
  const members = autoScaling.groups.get('terraform-web')?.members.values() ?? [];
  return [...members].map(({ instance }) => instance.instanceType);
}

function alarmThreshold({ alarms }: Cell): number | undefined {
  const alarm = alarms.metricAlarms.find(({ name }) => name === 'terraform-errors');
  return alarm?.settings.threshold;
}

function groupRules(cell: Cell, name: string): (string | undefined)[] {
  const group = [...cell.network.securityGroups.values()].find((held) => held.name === name);
  return [...(group?.rules.values() ?? [])].map(({ peer }) => (peer.kind === 'ipv4' ? peer.cidr : undefined));
}
