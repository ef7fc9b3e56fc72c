import { parseTargetGroupArn } from '../aws/arn.ts';
import type { AwsClientsOf } from '../aws/clients.ts';
import type { BindingConfig, LoadBalancerSourceConfig, SinkConfig, SourceConfig } from '../config/config.ts';
import { parseAddress } from '../engine/address.ts';
import { policyDefaults } from '../engine/policy.ts';
import type { Binding } from '../engine/reconcile.ts';
import type { Sink } from '../engine/sink.ts';
import type { Source } from '../engine/source.ts';
import { securityGroupSink } from '../sinks/security-group.ts';
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

/** What bindings reach the world by. */
export interface Reach {
  clientsOf: AwsClientsOf;
  resolve: Resolve;
  /** Milliseconds since the Unix epoch. */
  now: () => number;
  /** Answers of DNS that are kept from pass to pass. @default none: each pass asks anew */
  keptAnswers?: KeptAnswers;
}

/** The binding that a configuration describes. */
export function wire({ name, source, sink, policy }: BindingConfig, reach: Reach): Binding {
  return {
    name,
    source: wireSource(source, reach),
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
      const clients = clientsOf(regionOf(loadBalancer));
      const { earlyDrain = true, nameServers } = source;
      return loadBalancerSource({ clients, loadBalancer, earlyDrain, nameServers, resolve, now });
    }
    case 'dns': {
      const { name, family = 'ipv4', servers } = source;
      return dnsSource({ name, family, servers, resolve, kept });
    }
    case 'vpc-endpoint':
      return vpcEndpointSource({ ec2: clientsOf(undefined).ec2, endpointId: source.id });
    case 'network-interfaces':
      return networkInterfacesSource({ ec2: clientsOf(undefined).ec2, selection: source });
    case 'merged':
      return mergedSource(source.sources.map((part) => wireSource(part, reach)));
    case 'static':
      return staticSource(source.addresses.flatMap((text) => parseAddress(text) ?? []));
  }
}

function referenceOf({ arn, description = '' }: LoadBalancerSourceConfig): LoadBalancerReference {
  return arn === undefined ? { description } : { arn };
}

function wireSink(sink: SinkConfig, owner: string, { clientsOf }: Reach): Sink {
  switch (sink.type) {
    case 'target-group': {
      const clients = clientsOf(parseTargetGroupArn(sink.arn)?.region);
      return targetGroupSink({ clients, targetGroupArn: sink.arn, port: sink.port });
    }
    case 'security-group': {
      const { id: groupId, port, protocol = 'tcp' } = sink;
      return securityGroupSink({ clients: clientsOf(undefined), groupId, port, protocol, owner });
    }
  }
}
