import type { CallFault, DoingFault, Fault } from './fault.ts';

/** What AWS does by itself, and in what: a rule that fires, a message that is received. */
export interface Doing<Kind extends DoingFault['kind'] = DoingFault['kind']> {
  kind: Kind;
  of: 'rule' | 'queue' | 'function';
  name: string;
}

export function isCallFault(fault: Fault): fault is CallFault {
  return !isDoingFault(fault) && fault.kind !== 'dead-node';
}

function isDoingFault(fault: Fault): fault is DoingFault {
  return ['missed-schedule', 'late-schedule', 'duplicate-event', 'killed-function'].includes(fault.kind);
}

const ofReads: readonly Fault['kind'][] = ['stale-read', 'partial-answer', 'short-page'];

/** Of what is only read, as services name their actions. */
function isRead(action: string): boolean {
  return /^(Describe|List|Get|Head|Lookup|Filter)/.test(action);
}

/** Whether the fault is about calls of this kind. */
export function concernsCall(fault: CallFault, service: string, action: string): boolean {
  if (ofReads.includes(fault.kind) && !isRead(action)) return false;
  return (fault.service ?? service) === service && isLike(action, fault.action);
}

/** Whether the fault is about this doing. One that names things of another sort alone is not. */
export function concernsDoing(fault: Fault, { kind, of, name }: Doing): fault is DoingFault {
  if (fault.kind !== kind) return false;
  const named = fault as Partial<Record<Doing['of'], string>>;
  const others = (['rule', 'queue', 'function'] as const).filter((sort) => sort !== of);
  if (named[of] === undefined && others.some((sort) => named[sort] !== undefined)) return false;
  return isLike(name, named[of]);
}

function isLike(name: string, pattern: string | undefined): boolean {
  if (pattern === undefined) return true;
  const source = pattern.replace(/[\\^$.|+?()[\]{}]/g, '\\$&').replaceAll('*', '.*');
  return new RegExp(`^${source}$`).test(name);
}
