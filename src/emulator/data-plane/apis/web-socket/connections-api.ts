import type { Cell } from '../../../core/cell.ts';
import type { Connection } from '../../../world/apis/connection.ts';
import type { HttpApi } from '../../../world/apis/http-api.ts';
import { allows } from '../../../world/identity/policy-evaluation.ts';
import type { HttpRequest } from '../../http/server-connection.ts';
import {
  accessDenied,
  forbidden,
  type GatewayAnswer,
  missingAuthenticationToken,
} from '../gateway-answer.ts';
import { readBody } from '../read-body.ts';
import { signedCaller } from '../signed-caller.ts';
import type { StageAddress } from '../stage-address.ts';
import { LARGEST_MESSAGE } from './web-socket.ts';

/** What the backend of a WebSocket API asks of it: `/<stage>/@connections/<connection id>`. */
export async function serveConnections(
  { cell, api }: { cell: Cell; api: HttpApi },
  { method, headers, body: sent }: HttpRequest,
  { stageName, path, query }: StageAddress,
): Promise<GatewayAnswer> {
  const [, encoded] = /^\/(?:@|%40)connections\/([^/]+)$/.exec(path) ?? [];
  if (encoded === undefined || !['GET', 'POST', 'DELETE'].includes(method)) return forbidden();
  const caller = signedCaller(cell, { headers, query });
  if (!caller) return missingAuthenticationToken();
  const arn = `arn:aws:execute-api:${cell.region}:${cell.account}:${api.id}/${stageName}/${method}/@connections/*`;
  const principal = { arn: caller.arn, account: cell.account };
  const asked = { principal, action: 'execute-api:ManageConnections', resource: arn, context: {} };
  if (!allows(caller.statements, asked)) return accessDenied(false);
  const body = await readBody(sent);
  const connection = cell.apis.connections.get(decodeURIComponent(encoded));
  if (connection?.apiId !== api.id || connection.stageName !== stageName)
    return failure(410, 'GoneException');
  if (method === 'GET') return answer(200, describe(connection));
  if (method === 'DELETE') {
    connection.close(1000, 'Connection Closed Normally');
    return answer(204);
  }
  if (body === 'too-long' || body.length > LARGEST_MESSAGE) return failure(413, 'PayloadTooLargeException');
  connection.send(Buffer.from(body).toString());
  return answer(200);
}

function describe({ connectedAt, lastActiveAt, sourceIp, userAgent }: Connection): object {
  return {
    connectedAt: new Date(connectedAt).toISOString(),
    identity: { sourceIp, userAgent },
    lastActiveAt: new Date(lastActiveAt).toISOString(),
  };
}

function answer(status: number, value?: object): GatewayAnswer {
  const headers = value ? [['Content-Type', 'application/json'] as const] : [];
  return { status, headers, body: Buffer.from(value ? JSON.stringify(value) : '') };
}

function failure(status: number, type: string): GatewayAnswer {
  const own = answer(status, { message: type === 'GoneException' ? 'Gone' : 'Payload Too Large' });
  return { ...own, headers: [...own.headers, ['x-amzn-ErrorType', type]] };
}
