import type { Clock } from '../clock/clock.ts';
import type { Accounts } from '../core/accounts.ts';
import { AwsError } from '../core/aws-error.ts';
import type { HttpAnswer, HttpRequest, HttpRoute } from '../core/http-route.ts';
import { performAction } from './actions.ts';
import type { Scripts } from './scripts.ts';

const prefix = '/_emulator/';

/** What can be done to the world from outside, as no AWS API can: `POST /_emulator/…` with a JSON body. */
export function adminRoute(accounts: Accounts, clock: Clock, scripts: Scripts): HttpRoute {
  return async (request) => {
    if (!request.path.startsWith(prefix)) return undefined;
    const { method, query } = request;
    const cell = accounts.cell(query.get('account') ?? undefined, query.get('region') ?? undefined);
    const path = request.path.slice(prefix.length);
    try {
      const world = { cell, clock, scripts };
      return json(200, await performAction(world, { method, path, body: () => readBody(request) }));
    } catch (error) {
      if (error instanceof AwsError) return json(error.status, { error: error.code, message: error.message });
      throw error;
    }
  };
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
