import type { Cell } from '../../core/cell.ts';
import type { HttpAnswer, HttpRoute } from '../../core/http-route.ts';
import { hex } from '../../core/random.ts';
import { ResourceFailure } from '../resource-provider.ts';

const path = '/_cloudformation/custom-resource/';

/** Where a custom resource's function sends its response, and how to wait for that. */
export interface Callback {
  url: string;
  /** @throws ResourceFailure after `timeout` milliseconds, or when the signal is aborted */
  response(timeout: number, signal: AbortSignal): Promise<string>;
}

/** Opens a callback; only who knows its URL can answer, and only the first answer counts. */
export function openCallback(cell: Cell, stackId: string, logicalId: string, requestId: string): Callback {
  const key = `${stackId}|${logicalId}|${requestId}`;
  const signature = hex(cell.random, 64);
  const answered = new Promise<string>((resolve) => {
    cell.stacks.awaitedResponses.set(key, { signature, receive: resolve });
  });
  return {
    url: `${cell.servers.endpoint}${path}${encodeURIComponent(key)}?X-Amz-Signature=${signature}`,
    response: (timeout, signal) => within(cell, answered, requestId, timeout, signal),
  };
}

/** Takes the responses of custom resources: a PUT to the URL that the request named. */
export function customResourceRoute(find: (account: string, region: string) => Cell | undefined): HttpRoute {
  return (request) => {
    if (!request.path.startsWith(path)) return undefined;
    if (request.method !== 'PUT') return failure(405, 'MethodNotAllowed', 'A response is sent by PUT');
    const key = decode(request.path.slice(path.length));
    const [, , , region = '', account = ''] = key.split(':');
    const awaited = find(account, region)?.stacks.awaitedResponses.get(key);
    if (!awaited || awaited.signature !== request.query.get('X-Amz-Signature')) {
      return failure(403, 'AccessDenied', 'This is not the URL of a custom resource request');
    }
    awaited.receive(new TextDecoder().decode(request.body));
    return { status: 200, body: '' };
  };
}

function within(
  cell: Cell,
  answered: Promise<string>,
  requestId: string,
  timeout: number,
  signal: AbortSignal,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const timer = cell.clock.after(timeout, () => reject(new ResourceFailure(noResponse(requestId))));
    const abort = (): void => reject(new ResourceFailure('Resource operation cancelled'));
    signal.addEventListener('abort', abort);
    if (signal.aborted) abort();
    answered.then(resolve).finally(() => {
      timer.cancel();
      signal.removeEventListener('abort', abort);
    });
  });
}

function noResponse(requestId: string): string {
  return `CloudFormation did not receive a response from your Custom Resource. Please check your logs for requestId [${requestId}]. If you are using the Python cfn-response module, you may need to update your Lambda function code so that CloudFormation can attach the updated version.`;
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

function failure(status: number, code: string, message: string): HttpAnswer {
  return {
    status,
    headers: { 'content-type': 'application/xml' },
    body: `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message></Error>`,
  };
}
