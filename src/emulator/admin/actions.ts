import type { Clock } from '../clock/clock.ts';
import { AwsError } from '../core/aws-error.ts';
import type { Cell } from '../core/cell.ts';
import type { FaultInput } from '../faults/fault.ts';
import { advanceClock } from './advance-clock.ts';
import { killInstance, killMember } from './kill-instance.ts';
import { killNode } from './kill-node.ts';
import { deleteName, setName } from './names.ts';
import { scaleGroup } from './scale-group.ts';
import { scaleLoadBalancer } from './scale-load-balancer.ts';
import type { Scripts } from './scripts.ts';

/** Something that is asked for by a method and a path below `/_emulator/`. */
export interface AdminRequest {
  method: string;
  path: string;
  body: () => unknown;
}

export interface AdminWorld {
  cell: Cell;
  clock: Clock;
  scripts: Scripts;
}

interface Named extends AdminWorld {
  /** What the path names, where it names something. */
  name: string;
  body: () => unknown;
}

/** What can be asked for: a method, a path with `<name>` for what it names, and what is done. */
const actions: readonly [method: string, path: string, run: (request: Named) => object | Promise<object>][] =
  [
    ['GET', 'health', () => ({ status: 'running' })],
    ['POST', 'load-balancers/<name>/scale', ({ cell, name, body }) => scaleLoadBalancer(cell, name, body())],
    ['POST', 'load-balancers/<name>/kill', ({ cell, name, body }) => killNode(cell, name, body())],
    ['POST', 'auto-scaling-groups/<name>/scale', ({ cell, name, body }) => scaleGroup(cell, name, body())],
    ['POST', 'auto-scaling-groups/<name>/kill', ({ cell, name }) => killMember(cell, name)],
    ['POST', 'instances/<name>/kill', ({ cell, name }) => killInstance(cell, name)],
    ['GET', 'faults', ({ cell }) => ({ faults: cell.faults.active })],
    ['POST', 'faults', ({ cell, body }) => cell.faults.add(body() as FaultInput)],
    ['DELETE', 'faults', ({ cell }) => cell.faults.clear()],
    ['DELETE', 'faults/<name>', ({ cell, name }) => cell.faults.remove(name)],
    ['PUT', 'names/<name>', ({ cell, name, body }) => setName(cell, name, body())],
    ['DELETE', 'names/<name>', ({ cell, name }) => deleteName(cell, name)],
    ['GET', 'clock', ({ clock }) => ({ now: new Date(clock.now()).toISOString() })],
    ['POST', 'clock', ({ clock, body }) => advanceClock(clock, body())],
    ['POST', 'scripts', ({ cell, scripts, body }) => scripts.start(cell, body())],
    ['GET', 'scripts/<name>', ({ scripts, name }) => scripts.find(name)],
    ['DELETE', 'scripts/<name>', ({ scripts, name }) => scripts.cancel(name)],
  ];

/** @throws AwsError `NotFound` (404), or as the action does */
export async function performAction(world: AdminWorld, request: AdminRequest): Promise<object> {
  const { method, path, body } = request;
  for (const [known, pattern, run] of actions) {
    const found = new RegExp(`^${pattern.replace('<name>', '([^/]+)')}$`).exec(path);
    if (found && method === known) return run({ ...world, name: readName(found[1] ?? ''), body });
  }
  const known = actions.map(([verb, pattern]) => `${verb} /_emulator/${pattern}`).join(', ');
  throw new AwsError(
    'NotFound',
    `${method} /_emulator/${path} is not among what can be asked for: ${known}`,
    404,
  );
}

function readName(encoded: string): string {
  try {
    return decodeURIComponent(encoded);
  } catch {
    throw new AwsError(
      'InvalidName',
      `the name in the path is not percent-encoded as it should be: ${encoded}`,
    );
  }
}
