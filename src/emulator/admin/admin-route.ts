import type { Clock } from '../clock/clock.ts';
import type { Accounts } from '../core/accounts.ts';
import { AwsError } from '../core/aws-error.ts';
import type { Cell } from '../core/cell.ts';
import type { HttpAnswer, HttpRequest, HttpRoute } from '../core/http-route.ts';
import type { FaultInput } from '../faults/fault.ts';
import { advanceClock } from './advance-clock.ts';
import { killNode } from './kill-node.ts';
import { deleteName, setName } from './names.ts';
import { scaleLoadBalancer } from './scale-load-balancer.ts';

const prefix = '/_emulator/';

interface AdminRequest {
  cell: Cell;
  clock: Clock;
  /** What the path names, where it names something. */
  name: string;
  body: () => unknown;
}

/** What can be asked for: a method, a path with `<name>` for what it names, and what is done. */
const actions: readonly [
  method: string,
  path: string,
  run: (request: AdminRequest) => object | Promise<object>,
][] = [
  ['GET', 'health', () => ({ status: 'running' })],
  ['POST', 'load-balancers/<name>/scale', ({ cell, name, body }) => scaleLoadBalancer(cell, name, body())],
  ['POST', 'load-balancers/<name>/kill', ({ cell, name, body }) => killNode(cell, name, body())],
  ['GET', 'faults', ({ cell }) => ({ faults: cell.faults.active })],
  ['POST', 'faults', ({ cell, body }) => cell.faults.add(body() as FaultInput)],
  ['DELETE', 'faults', ({ cell }) => cell.faults.clear()],
  ['DELETE', 'faults/<name>', ({ cell, name }) => cell.faults.remove(name)],
  ['PUT', 'names/<name>', ({ cell, name, body }) => setName(cell, name, body())],
  ['DELETE', 'names/<name>', ({ cell, name }) => deleteName(cell, name)],
  ['GET', 'clock', ({ clock }) => ({ now: new Date(clock.now()).toISOString() })],
  ['POST', 'clock', ({ clock, body }) => advanceClock(clock, body())],
];

/** What can be done to the world from outside, as no AWS API can: `POST /_emulator/…` with a JSON body. */
export function adminRoute(accounts: Accounts, clock: Clock): HttpRoute {
  return async (request) => {
    if (!request.path.startsWith(prefix)) return undefined;
    const { query } = request;
    const cell = accounts.cell(query.get('account') ?? undefined, query.get('region') ?? undefined);
    try {
      return json(200, await run(request, cell, clock));
    } catch (error) {
      if (error instanceof AwsError) return json(error.status, { error: error.code, message: error.message });
      throw error;
    }
  };
}

async function run(request: HttpRequest, cell: Cell, clock: Clock): Promise<object> {
  for (const [method, path, action] of actions) {
    const found = new RegExp(`^${prefix}${path.replace('<name>', '([^/]+)')}$`).exec(request.path);
    if (!found || request.method !== method) continue;
    return action({ cell, clock, name: readName(found[1] ?? ''), body: () => readBody(request) });
  }
  const known = actions.map(([method, path]) => `${method} ${prefix}${path}`).join(', ');
  throw new AwsError(
    'NotFound',
    `${request.method} ${request.path} is not among what can be asked for: ${known}`,
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

function readBody(request: HttpRequest): unknown {
  try {
    return JSON.parse(Buffer.from(request.body).toString());
  } catch {
    throw new AwsError('InvalidBody', `the request's body is not JSON, as {"nodes": 4} would be`);
  }
}

function json(status: number, body: object): HttpAnswer {
  return { status, headers: { 'content-type': 'application/json' }, body: `${JSON.stringify(body)}\n` };
}
