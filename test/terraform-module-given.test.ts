import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { canRun, terraformLocal, timeout } from './terraform-local.ts';

const world = terraformLocal('what the Terraform module is given');

describe.skipIf(!canRun)('what the Terraform module is given', () => {
  it('is told what is wrong with all of its settings', { timeout }, async () => {
    const workspace = world.open('terraform-wrong/settings');
    for (const name of ['bindings.tf', 'variables.tf']) {
      cpSync(new URL(`../terraform/${name}`, import.meta.url), join(workspace.folder, 'variables', name));
    }
    await workspace.terraform('init', '-backend=false');
    const told = await refusal(workspace.terraform('validate'));
    expect(told).toContain('1 to 40 letters, digits, hyphens and underscores, got too.many.dots.');
    expect(told).toContain(
      '5s, 6s, 10s, 12s, 15s, 20s and 30s, or whole minutes or hours from 1m to 24h, got 45s.',
    );
    expect(told).toContain('must be nodejs22.x or nodejs24.x, got python3.13');
    expect(told).toContain('either a folder or a bucket, got both');
    expect(told).toContain('a subnet and a security group at least: name them, or leave vpc out');
    expect(told).toContain('concurrency must be 1 or more, got 0');
    expect(told).toContain(
      'name of a binding must be of at most 128 letters, digits, dots, hyphens and underscores, got one two',
    );
    expect(told).toContain('A binding must have a source and a sink at least, got 0 and 1 in one two');
    expect(told).toContain(
      'name of a sink must be of at most 64 letters, digits, dots, hyphens and underscores, got three four',
    );
  });

  it('is told what is wrong with all of its bindings', { timeout }, async () => {
    const workspace = world.open('terraform-wrong/bindings');
    await workspace.terraform('init', '-backend=false');
    const told = await refusal(workspace.terraform('plan'));
    const kinds = 'expected one of dns, load_balancer, network_interfaces, static, vpc_endpoint, got';
    for (const problem of [
      `kinds.sources[0]: ${kinds} none`,
      `kinds.sources[1]: ${kinds} dns and static`,
      'kinds.sources[1]: expected a name such as db.example.internal, got 10.0.0.1: an address is of the kind static',
      'kinds.sources[1]: expected addresses without a prefix length, got 10.0.0.0/24',
      'kinds.sources[2]: expected neither region nor role',
      'kinds.sources[2]: expected the family ipv4, ipv6 or both, got any',
      'kinds.sources[3]: expected either arn or description',
      'kinds.sources[4]: expected the arn of an application or network load balancer, got arn:',
      'kinds.sources[5]: expected at least one of tags, security_group_ids and subnet_ids',
      'kinds.sinks.none: expected one of prefix_list, security_group, target_group, got none',
      'kinds.sinks.group: expected the arn of a target group, got web',
      'kinds.sinks.group: expected ports from 1 to 65535, got 0',
      'kinds.sinks.open: expected one of port, ports (both with or without protocol) and rules',
      'kinds.sinks.range: expected ports from 1 to 65535, got 70000',
      'kinds.sinks.range: expected the protocol tcp or udp, got icmp',
      'kinds.sinks.list.policy: expected the mode sync (exactly the addresses of the sources) or upsert-only',
      'kinds.policy: expected min_healthy_percent from 0 to 100, got 101',
      'kinds.policy: expected max_removals from 1 up, got 0',
    ]) {
      expect(told).toContain(`bindings.${problem}`);
    }
    expect(told).toMatch(/port 80 of arn:\S+: expected one sink in mode sync, got several/);
    expect(told).toMatch(/must fit into the environment of a function, 3900 bytes, got \d{4}/);
    expect(told).toContain('There is no code of the function sync in nowhere/sync.zip: build it');
  });
});

/** What Terraform refuses, as one line: it breaks lines where the terminal would end. */
async function refusal(command: Promise<string>): Promise<string> {
  const message = await command.then(
    () => 'nothing was refused',
    (error: Error) => error.message,
  );
  return message.replaceAll(/\s+/g, ' ');
}
