import { AlbridgeError } from '../../engine/errors.ts';
import type { Config } from '../config.ts';
import { parseConfig } from '../parse-config.ts';
import { hostnameAsTarget } from './hostname-as-target.ts';
import type { Peer, Variables } from './peer.ts';
import { populateNlbWithAlb } from './populate-nlb-with-alb.ts';

const peers: readonly Peer[] = [populateNlbWithAlb, hostnameAsTarget];

/** What is to be told about an environment, once. */
export interface Remark {
  level: 'info' | 'warn';
  message: string;
}

/** The one binding that another updater's variables stand for; undefined where there are none of them. */
export function peerConfig(variables: Variables): Config | undefined {
  const peer = peerOf(variables);
  if (!peer) return undefined;
  const missing = peer.required.filter((name) => !variables[name]);
  if (missing.length > 0) {
    const message = `the environment is not valid: ${missing.join(' and ')} missing; ${peer.name} takes ${peer.required.join(', ')}`;
    throw new AlbridgeError('invalid-config', message);
  }
  return parseConfig({ bindings: [peer.binding(variables)] }, 'the environment');
}

/** What another updater made of these variables, and this one does not. */
export function peerRemarks(variables: Variables): Remark[] {
  const peer = peerOf(variables);
  if (!peer) return [];
  const unused = Object.entries(peer.unused).filter(([name]) => variables[name]);
  return [
    ...unused.map(([name, why]) => ({ level: 'info' as const, message: `${name} is not used: ${why}` })),
    ...peer.warnings(variables).map((message) => ({ level: 'warn' as const, message })),
  ];
}

function peerOf(variables: Variables): Peer | undefined {
  return peers.find(({ required }) => required.some((name) => variables[name]));
}
