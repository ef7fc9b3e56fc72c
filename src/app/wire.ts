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
import type { KeptZones } from '../sinks/kept-zones.ts';
import { prefixListSink } from '../sinks/prefix-list.ts';
import { securityGroupSink } from '../sinks/security-group.ts';
import type { PortRange } from '../sinks/security-group-rules.ts';
import { targetGroupSink } from '../sinks/target-group.ts';
import type { KeptAnswers } from '../sources/dns/kept-answers.ts';
import type { Resolve } from '../sources/dns/question.ts';
import { dnsSource } from '../sources/dns-name.ts';
import { loadBalancerSource } from '../sources/load-balancer.ts';
import { type LoadBalancerReference, regionOf } from '../sources/load-balancer-reference.ts';
import { mergedSource } from '../sources/merged.ts';
import { networkInterfacesSource } from '../sources/network-interfaces.ts';
import { staticSource } from '../sources/static.ts';
import { vpcEndpointSource } from '../sources/vpc-endpoint.ts';
import type { Wait } from './custom-resource/wait.ts';

/** What bindings reach the world by. */
export interface Reach {
  clientsOf: AwsClientsOf;
  resolve: Resolve;
  wait: Wait;
  /** Milliseconds since the Unix epoch. */
  now: () => number;
  /** Answers of DNS that are kept from pass to pass. @default none: each pass asks anew */
  keptAnswers?: KeptAnswers;
  /** Zones that AWS corrected, kept from pass to pass. @default none: each pass decides anew */
  keptZones?: KeptZones;
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

function wireSource(source: SourceConfig, reach: Reach): Source {
  const { clientsOf, resolve, now, keptAnswers: kept } = reach;
  switch (source.type) {
    case 'load-balancer': {
      const loadBalancer = referenceOf(source);
      const clients = clientsOf(source.region ?? regionOf(loadBalancer), source.role);
      const { earlyDrain = true, nameServers } = source;
      return loadBalancerSource({ clients, loadBalancer, earlyDrain, nameServers, resolve, now });
    }
    case 'dns': {
      const { name, family = 'ipv4', servers } = source;
      return dnsSource({ name, family, servers, resolve, kept });
    }
    case 'vpc-endpoint':
      return vpcEndpointSource({ ec2: clientsOf(source.region, source.role).ec2, endpointId: source.id });
    case 'network-interfaces':
      return networkInterfacesSource({ ec2: clientsOf(source.region, source.role).ec2, selection: source });
    case 'merged':
      return mergedSource(source.sources.map((part) => wireSource(part, reach)));
    case 'static':
      return staticSource(source.addresses.flatMap((text) => parseAddress(text) ?? []));
  }
}

function referenceOf({ arn, description = '' }: LoadBalancerSourceConfig): LoadBalancerReference {
  return arn === undefined ? { description } : { arn };
}

function wireSink(sink: SinkConfig, owner: string, { clientsOf, wait, keptZones }: Reach): Sink {
  switch (sink.type) {
    case 'target-group': {
      const { arn: targetGroupArn, port, availabilityZone } = sink;
      const clients = clientsOf(sink.region ?? parseTargetGroupArn(targetGroupArn)?.region, sink.role);
      return targetGroupSink({ clients, targetGroupArn, port, availabilityZone, keptZones });
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
