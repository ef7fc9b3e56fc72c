import type { Accounts } from '../core/accounts.ts';
import { AwsError } from '../core/aws-error.ts';
import type { Cell } from '../core/cell.ts';
import type { HttpAnswer, HttpRequest, HttpRoute } from '../core/http-route.ts';
import { deleteName, setName } from './names.ts';
import { scaleLoadBalancer } from './scale-load-balancer.ts';

const prefix = '/_emulator/';

/** What can be done to the world from outside, as no AWS API can: under `/_emulator/`, with JSON bodies. */
export function adminRoute(accounts: Accounts): HttpRoute {
  return (request) => {
    if (!request.path.startsWith(prefix)) return undefined;
    try {
      return json(
        200,
        run(
          accounts.cell(request.query.get('account') ?? undefined, request.query.get('region') ?? undefined),
          request,
        ),
      );
    } catch (error) {
      if (error instanceof AwsError) return json(error.status, { error: error.code, message: error.message });
      throw error;
    }
  };
}

function run(cell: Cell, request: HttpRequest): object {
  const [kind, name = '', action] = request.path.slice(prefix.length).split('/').map(decodeURIComponent);
  if (request.method === 'GET' && kind === 'health' && name === '') return { status: 'running' };
  if (request.method === 'POST' && kind === 'load-balancers' && action === 'scale') {
    return scaleLoadBalancer(cell, name, readBody(request));
  }
  if (kind === 'names' && action === undefined) {
    if (request.method === 'PUT') return setName(cell, name, readBody(request));
    if (request.method === 'DELETE') return deleteName(cell, name);
  }
  throw new AwsError(
    'NotFound',
    `${request.method} ${request.path} is not a path of this local AWS: GET ${prefix}health, POST ${prefix}load-balancers/<name>/scale, PUT and DELETE ${prefix}names/<name> are`,
    404,
  );
}

function readBody(request: HttpRequest): unknown {
  try {
    return JSON.parse(Buffer.from(request.body).toString());
  } catch {
    throw new AwsError('InvalidBody', `the request's body is not JSON: send for instance {"nodes": 4}`);
  }
}

function json(status: number, body: object): HttpAnswer {
  return { status, headers: { 'content-type': 'application/json' }, body: `${JSON.stringify(body)}\n` };
}
