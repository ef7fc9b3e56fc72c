import { parseTargetGroupArn } from '../aws/arn.ts';
import type { AwsClientsOf } from '../aws/clients.ts';
import type {
  BindingConfig,
  LoadBalancerSourceConfig,
  SecurityGroupSinkConfig,
  SinkConfig,
  SourceConfig,
} from '../config/config.ts';
import { type PassConfig, passesOf } from '../config/passes-of.ts';
import { parseAddress } from '../engine/address.ts';
import { policyDefaults } from '../engine/policy.ts';
import type { Binding } from '../engine/reconcile.ts';
import type { Sink } from '../engine/sink.ts';
import type { Source } from '../engine/source.ts';
import { prefixListSink } from '../sinks/prefix-list.ts';
import { securityGroupSink } from '../sinks/security-group.ts';
import type { PortRange } from '../sinks/security-group-rules.ts';
import { targetGroupSink } from '../sinks/target-group.ts';
import { loadBalancerSource } from '../sources/load-balancer.ts';
import { type LoadBalancerReference, regionOf } from '../sources/load-balancer-reference.ts';
import type { ResolveAddresses } from '../sources/resolve-addresses.ts';
import { staticSource } from '../sources/static.ts';
import type { Wait } from './custom-resource/wait.ts';

/** What bindings reach the world by. */
export interface Reach {
  clientsOf: AwsClientsOf;
  resolve: ResolveAddresses;
  wait: Wait;
}

/** A source, and a binding for each sink of it; all share one read of the source. */
export interface WiredBinding {
  source: Source;
  sinks: Omit<Binding, 'source'>[];
}

/** What a configuration describes, ready for a pass. */
export function wire(binding: BindingConfig, reach: Reach): WiredBinding {
  return {
    source: wireSource(binding.source, reach),
    sinks: passesOf(binding).map((pass) => wirePass(pass, reach)),
  };
}

function wirePass({ name, sink, policy }: PassConfig, reach: Reach): Omit<Binding, 'source'> {
  return {
    name,
    sink: wireSink(sink, name, reach),
    policy: {
      mode: policy.mode,
      minHealthyPercent: policy.minHealthyPercent ?? policyDefaults.minHealthyPercent,
      maxRemovals: policy.maxRemovals ?? policyDefaults.maxRemovals,
    },
  };
}

function wireSource(source: SourceConfig, { clientsOf, resolve }: Reach): Source {
  switch (source.type) {
    case 'load-balancer': {
      const loadBalancer = referenceOf(source);
      const clients = clientsOf(source.region ?? regionOf(loadBalancer), source.role);
      return loadBalancerSource({ clients, loadBalancer, earlyDrain: source.earlyDrain ?? true, resolve });
    }
    case 'static':
      return staticSource(source.addresses.flatMap((text) => parseAddress(text) ?? []));
  }
}

function referenceOf({ arn, description = '' }: LoadBalancerSourceConfig): LoadBalancerReference {
  return arn === undefined ? { description } : { arn };
}

function wireSink(sink: SinkConfig, owner: string, { clientsOf, wait }: Reach): Sink {
  switch (sink.type) {
    case 'target-group': {
      const { arn: targetGroupArn, port, availabilityZone } = sink;
      const clients = clientsOf(sink.region ?? parseTargetGroupArn(targetGroupArn)?.region, sink.role);
      return targetGroupSink({ clients, targetGroupArn, port, availabilityZone });
    }
    case 'security-group': {
      const clients = clientsOf(sink.region, sink.role);
      return securityGroupSink({ clients, groupId: sink.id, ports: portsOf(sink), owner });
    }
    case 'prefix-list': {
      const clients = clientsOf(sink.region, sink.role);
      return prefixListSink({ clients, prefixListId: sink.id, owner, wait });
    }
  }
}

function portsOf({ port, ports, protocol = 'tcp', rules }: SecurityGroupSinkConfig): readonly PortRange[] {
  if (rules) return rules;
  return (ports ?? [port ?? 0]).map((one) => ({ protocol, fromPort: one, toPort: one }));
}
