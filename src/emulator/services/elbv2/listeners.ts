import type {
  ElasticLoadBalancingV2,
  Listener as ListenerDescription,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { AwsError } from '../../core/aws-error.ts';
import type { Cell } from '../../core/cell.ts';
import type { Operations } from '../../core/service.ts';
import { readTags } from '../../core/tags.ts';
import type { Listener } from '../../world/load-balancing/listener.ts';
import type { LoadBalancer } from '../../world/load-balancing/load-balancer.ts';
import { checkActions } from './actions.ts';
import { refusePortInUse } from './alb-targets.ts';
import { newArnBelow } from './arns.ts';
import { setAttributes, writeAttributes } from './attributes.ts';
import { describeEncryption, readEncryption } from './listener-encryption.ts';
import { findListener, findLoadBalancer } from './lookup.ts';
import { page } from './pages.ts';

export const listeners: Operations<ElasticLoadBalancingV2> = {
  CreateListener(input, { cell }) {
    const loadBalancer = findLoadBalancer(cell, input.LoadBalancerArn);
    const { Port: port = 0, Protocol: protocol = '' } = input;
    refuseProtocol(loadBalancer, protocol);
    refusePort(cell, loadBalancer, port);
    const listener: Listener = {
      arn: newArnBelow(cell, loadBalancer.arn, 'loadbalancer', 'listener'),
      loadBalancerArn: loadBalancer.arn,
      port,
      protocol,
      defaultActions: checkActions({ cell, loadBalancer, protocol }, input.DefaultActions),
      ...readEncryption(protocol, input),
      rules: [],
      attributes: new Map(loadBalancer.type === 'network' ? [['tcp.idle_timeout.seconds', '350']] : []),
      tags: readTags(input.Tags),
    };
    cell.loadBalancing.listeners.set(listener.arn, listener);
    cell.loadBalancing.changes.announce();
    return { Listeners: [describe(listener)] };
  },
  DescribeListeners(input, { cell }) {
    const asked = input.ListenerArns?.length
      ? input.ListenerArns.map((arn) => findListener(cell, arn))
      : cell.loadBalancing.listenersOf(findLoadBalancer(cell, input.LoadBalancerArn).arn);
    const { items, nextToken } = page(asked, input);
    return { Listeners: items.map(describe), NextMarker: nextToken };
  },
  ModifyListener(input, { cell }) {
    const listener = findListener(cell, input.ListenerArn);
    const loadBalancer = findLoadBalancer(cell, listener.loadBalancerArn);
    const {
      Port: port = listener.port,
      Protocol: protocol = listener.protocol,
      DefaultActions: actions,
    } = input;
    refuseProtocol(loadBalancer, protocol);
    if (port !== listener.port) {
      refusePort(cell, loadBalancer, port);
      refusePortInUse(cell, loadBalancer.arn, listener.port);
    }
    const defaultActions = checkActions({ cell, loadBalancer, protocol }, actions ?? listener.defaultActions);
    const encryption = readEncryption(protocol, input, listener);
    Object.assign(listener, { port, protocol, defaultActions, ...encryption });
    cell.loadBalancing.changes.announce();
    return { Listeners: [describe(listener)] };
  },
  DeleteListener({ ListenerArn }, { cell }) {
    const listener = findListener(cell, ListenerArn);
    refusePortInUse(cell, listener.loadBalancerArn, listener.port);
    cell.loadBalancing.listeners.delete(listener.arn);
    cell.loadBalancing.changes.announce();
    return {};
  },
  DescribeListenerAttributes({ ListenerArn }, { cell }) {
    return { Attributes: writeAttributes(findListener(cell, ListenerArn).attributes) };
  },
  ModifyListenerAttributes({ ListenerArn, Attributes }, { cell }) {
    const listener = findListener(cell, ListenerArn);
    setAttributes(listener.attributes, Attributes, 'Listener');
    return { Attributes: writeAttributes(listener.attributes) };
  },
};

function refuseProtocol({ type }: LoadBalancer, protocol: string): void {
  const allowed = type === 'application' ? ['HTTP', 'HTTPS'] : ['TCP', 'TLS'];
  if (!allowed.includes(protocol)) {
    throw new AwsError(
      'ValidationError',
      `Listener protocol '${protocol}' must be one of '${allowed.join(', ')}'`,
    );
  }
}

function refusePort(cell: Cell, loadBalancer: LoadBalancer, port: number): void {
  if (port < 1 || port > 65535)
    throw new AwsError('ValidationError', `The port '${port}' is not valid: use 1 to 65535`);
  if (cell.loadBalancing.listenersOf(loadBalancer.arn).some((other) => other.port === port)) {
    throw new AwsError(
      'DuplicateListener',
      `A listener already exists on this port for this load balancer '${loadBalancer.arn}'`,
    );
  }
}

function describe(listener: Listener): ListenerDescription {
  return {
    ListenerArn: listener.arn,
    LoadBalancerArn: listener.loadBalancerArn,
    Port: listener.port,
    Protocol: listener.protocol as ListenerDescription['Protocol'],
    DefaultActions: listener.defaultActions,
    ...describeEncryption(listener),
  };
}
