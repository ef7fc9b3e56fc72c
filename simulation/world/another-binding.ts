import type { Another } from '../further.ts';
import type { ConfiguredBinding } from './configured-binding.ts';
import { createSecurityGroup, createTargetGroup, listen } from './infrastructure.ts';
import { ampleRoom, othersIn } from './others.ts';
import { managedPort } from './ports.ts';
import type { SimulatedSink, SimulatedSource } from './simulated-binding.ts';
import { prefixListSink } from './sinks/prefix-list.ts';
import { securityGroupSink } from './sinks/security-group.ts';
import { targetGroupSink } from './sinks/target-group.ts';
import { declaredSource } from './sources/declared.ts';
import { dnsNameSource } from './sources/dns-name.ts';
import { mergedSource } from './sources/merged.ts';
import { selectedInterfacesSource } from './sources/selected-interfaces.ts';
import { vpcEndpointSource } from './sources/vpc-endpoint.ts';
import type { Place } from './world.ts';

/** A binding whose source is no load balancer. */
export async function anotherBinding(place: Place, another: Another): Promise<ConfiguredBinding> {
  return {
    name: 'another',
    source: await sourceOf(place, another),
    sinks: { addresses: await sinkOf(place, another) },
    policy: { mode: 'sync', ...place.scenario.policy },
  };
}

async function sourceOf(place: Place, another: Another): Promise<SimulatedSource> {
  const { cell, vpcId, scenario, subnetIds, spareSubnetId: subnetId } = place;
  switch (another.source) {
    case 'dns':
      return dnsNameSource(cell, {
        family: another.sink === 'security-group' ? another.family : 'ipv4',
        port: managedPort,
        ttl: another.ttl,
        afterlife: scenario.nodeLeave,
        most: 12,
      });
    case 'vpc-endpoint':
      return vpcEndpointSource(cell, { vpcId, subnetIds });
    case 'network-interfaces': {
      const groupId = await createSecurityGroup(cell, 'cache', vpcId);
      return selectedInterfacesSource(cell, {
        selector: another.selector,
        vpcId,
        subnetId,
        groupId,
        port: managedPort,
      });
    }
    case 'merged':
      return mergedSource([await vpcEndpointSource(cell, { vpcId, subnetIds }), declaredSource(cell, 3)]);
  }
}

async function sinkOf(place: Place, { sink }: Another): Promise<SimulatedSink> {
  const { cell, front, vpcId, scenario } = place;
  if (sink === 'prefix-list') return prefixListSink(cell, await othersIn.prefixList(place, ampleRoom));
  if (sink === 'security-group') {
    const id = await createSecurityGroup(cell, 'another', vpcId);
    return securityGroupSink(cell, { id, ports: [managedPort] });
  }
  const arn = await createTargetGroup(cell, 'another', vpcId, scenario);
  await listen(cell, front, managedPort + 3, arn);
  return targetGroupSink(cell, { arn, port: managedPort });
}
