import { anotherBinding } from './another-binding.ts';
import type { ConfiguredBinding } from './configured-binding.ts';
import { createTargetGroup, listen } from './infrastructure.ts';
import { ampleRoom, othersIn } from './others.ts';
import { managedPort, secondPort } from './ports.ts';
import type { SimulatedSink } from './simulated-binding.ts';
import { prefixListSink } from './sinks/prefix-list.ts';
import { securityGroupSink } from './sinks/security-group.ts';
import { targetGroupSink } from './sinks/target-group.ts';
import { declaredSource } from './sources/declared.ts';
import { loadBalancerSource } from './sources/load-balancer.ts';
import type { Place } from './world.ts';

/** What the scenario has configured, with its sinks, and what others have in those. */
export async function createBindings(place: Place): Promise<ConfiguredBinding[]> {
  const { scenario } = place;
  return [
    await followBinding(place),
    await allowBinding(place),
    ...(scenario.upsertOnly ? [await upsertBinding(place)] : []),
    ...(scenario.declared > 0 ? [await declaredBinding(place)] : []),
    ...(scenario.another ? [await anotherBinding(place, scenario.another)] : []),
  ];
}

/** The ALB's addresses in one target group, and in whatever else the scenario has; all share one read of them. */
async function followBinding(place: Place): Promise<ConfiguredBinding> {
  const { cell, web, front, scenario, vpcId } = place;
  const { moreSinks, room, earlyDrain, nameServers, dualstack, policy } = scenario;
  const arn = await createTargetGroup(cell, 'follow', vpcId, scenario);
  await listen(cell, front, managedPort, arn);
  const sinks: Record<string, SimulatedSink> = {
    targets: targetGroupSink(cell, { arn, port: managedPort, room }),
  };
  if (dualstack) sinks.ipv6 = await ipv6Sink(place);
  if (moreSinks.includes('second-port')) sinks.second = targetGroupSink(cell, { arn, port: secondPort });
  const id = moreSinks.includes('rules') ? await othersIn.rules(place) : undefined;
  if (id !== undefined) {
    sinks.rules = securityGroupSink(cell, { id, ports: [managedPort, secondPort], room });
  }
  if (moreSinks.includes('prefix-list'))
    sinks.list = prefixListSink(cell, await othersIn.prefixList(place, room ?? ampleRoom));
  await othersIn.followed(place, arn);
  const source = loadBalancerSource(cell, web, {
    arn: web.arn,
    earlyDrain,
    ...(nameServers && { nameServers }),
  });
  return { name: 'follow', source, sinks, policy: { mode: 'sync', ...policy } };
}

async function ipv6Sink({ cell, front, scenario, vpcId }: Place): Promise<SimulatedSink> {
  const arn = await createTargetGroup(cell, 'follow-ipv6', vpcId, scenario, 'ipv6');
  await listen(cell, front, managedPort + 2, arn);
  return targetGroupSink(cell, { arn, port: managedPort, family: 'ipv6' });
}

async function allowBinding(place: Place): Promise<ConfiguredBinding> {
  const { cell, front } = place;
  const id = await othersIn.allowed(place);
  return {
    name: 'allow',
    source: loadBalancerSource(cell, front, { description: front.name }),
    sinks: { rules: securityGroupSink(cell, { id, ports: [managedPort] }) },
    policy: { mode: 'sync' },
  };
}

async function upsertBinding(place: Place): Promise<ConfiguredBinding> {
  const { cell, front, other, scenario, vpcId } = place;
  const arn = await createTargetGroup(cell, 'upsert', vpcId, scenario);
  await listen(cell, front, managedPort + 1, arn);
  await othersIn.upserted(place, arn);
  return {
    name: 'upsert',
    source: loadBalancerSource(cell, other, { arn: other.arn, earlyDrain: scenario.earlyDrain }),
    sinks: { targets: targetGroupSink(cell, { arn, port: managedPort }) },
    policy: { mode: 'upsert-only', ...scenario.policy },
  };
}

async function declaredBinding(place: Place): Promise<ConfiguredBinding> {
  const { cell, vpcId, scenario } = place;
  const sink =
    scenario.declaredIn === 'prefix-list'
      ? prefixListSink(cell, await othersIn.prefixList(place, scenario.declared))
      : targetGroupSink(cell, {
          arn: await createTargetGroup(cell, 'declared', vpcId, scenario),
          port: managedPort,
        });
  return {
    name: 'declared',
    source: declaredSource(cell, scenario.declared),
    sinks: { addresses: sink },
    policy: { mode: 'sync' },
  };
}
