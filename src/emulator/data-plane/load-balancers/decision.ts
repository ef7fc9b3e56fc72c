import type { IncomingMessage } from 'node:http';
import type { Registration } from '../../world/load-balancing/target-group.ts';
import { headerPairs } from '../header-pairs.ts';
import { chooseTarget, chooseTargetGroup, lastAction } from './forwarding.ts';
import { type NodeListener, OUTSIDE } from './node-listener.ts';
import { errorPage, type OwnResponse, ownResponse } from './own-response.ts';
import { matchingRule, type RequestFacts } from './rule-matching.ts';

/** What becomes of a request: it goes to a target, or the load balancer answers it. */
export type Decision = { kind: 'target'; target: Registration } | { kind: 'own'; answer: OwnResponse };

export function decide(context: NodeListener, request: IncomingMessage): Decision {
  const { cell, listener, random } = context;
  const facts = factsOf(context, request);
  const action = lastAction(matchingRule(listener, facts)?.actions ?? listener.defaultActions);
  if (action && action.Type !== 'forward') {
    return { kind: 'own', answer: ownResponse(action, { ...facts, protocol: 'http', port: listener.port }) };
  }
  const group = action && chooseTargetGroup(cell.loadBalancing.targetGroups, action, random);
  const target = group && chooseTarget(group, random);
  return target ? { kind: 'target', target } : { kind: 'own', answer: errorPage(503) };
}

function factsOf({ loopback }: NodeListener, request: IncomingMessage): RequestFacts {
  const [path = '/', ...query] = (request.url ?? '/').split('?');
  return {
    method: request.method ?? 'GET',
    path,
    query: query.join('?'),
    host: request.headers.host ?? '',
    headers: headerPairs(request.rawHeaders),
    sourceIp: loopback.peerAddress(request.socket) ?? OUTSIDE,
  };
}
