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
import { loadBalancerSource } from '../sources/load-balancer.ts';
import { type LoadBalancerReference, regionOf } from '../sources/load-balancer-reference.ts';
import type { ResolveAddresses } from '../sources/resolve-addresses.ts';
import { staticSource } from '../sources/static.ts';

/** What bindings reach the world by. */
export interface Reach {
  clientsOf: AwsClientsOf;
  resolve: ResolveAddresses;
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

function wireSource(source: SourceConfig, { clientsOf, resolve }: Reach): Source {
  switch (source.type) {
    case 'load-balancer': {
      const loadBalancer = referenceOf(source);
      const clients = clientsOf(regionOf(loadBalancer));
      return loadBalancerSource({ clients, loadBalancer, earlyDrain: source.earlyDrain ?? true, resolve });
    }
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
