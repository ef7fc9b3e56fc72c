import { zoneFor } from '../../world/load-balancing/routing.ts';
import type { TargetGroup } from '../../world/load-balancing/target-group.ts';
import type { TargetPlace } from '../../world/load-balancing/target-place.ts';
import { firstValue, type HeaderPairs } from '../http/header-pairs.ts';
import type { HttpRequest } from '../http/server-connection.ts';
import { isEncrypted } from '../tls/listener-tls.ts';
import { lastAction } from './forwarding.ts';
import { type NodeListener, OUTSIDE } from './node-listener.ts';
import { errorPage, type OwnResponse, ownResponse } from './own-response.ts';
import { matchingRule, type RequestFacts } from './rule-matching.ts';
import { chooseGroup, chooseSticky } from './stickiness.ts';

/** What becomes of a request: it goes to a target, or the load balancer answers it. */
export type Decision = ToTarget | { kind: 'own'; answer: OwnResponse };

export interface ToTarget {
  kind: 'target';
  group: TargetGroup;
  place: TargetPlace;
  /** Headers that the answer gets, by which the client comes back to the same target; some depend on the answer. */
  cookies(answer: HeaderPairs): HeaderPairs;
}

export function decide(context: NodeListener, request: HttpRequest): Decision {
  const { listener, balancer, node } = context;
  const facts = factsOf(context, request);
  const action = lastAction(matchingRule(listener, facts)?.actions ?? listener.defaultActions);
  if (action && action.Type !== 'forward') {
    const protocol = isEncrypted(listener) ? 'https' : 'http';
    return { kind: 'own', answer: ownResponse(action, { ...facts, protocol, port: listener.port }) };
  }
  const chosen = action && chooseGroup(context, action, facts.headers);
  if (!chosen) return { kind: 'own', answer: errorPage(503) };
  const zone = zoneFor(balancer, chosen.group, node.interface.availabilityZone);
  const found = chooseSticky(context, { group: chosen.group, zone, headers: facts.headers });
  if (!found) return { kind: 'own', answer: errorPage(503) };
  const cookies = (answer: HeaderPairs): HeaderPairs => [...chosen.cookies, ...found.cookies(answer)];
  return { kind: 'target', group: chosen.group, place: found.place, cookies };
}

function factsOf({ loopback }: NodeListener, request: HttpRequest): RequestFacts {
  const [path = '/', ...query] = request.target.split('?');
  return {
    method: request.method,
    path,
    query: query.join('?'),
    host: firstValue(request.headers, 'host') ?? '',
    headers: request.headers,
    sourceIp: loopback.peer(request.socket)?.address ?? OUTSIDE,
  };
}
