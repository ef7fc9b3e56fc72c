import { request as httpRequest, type RequestOptions } from 'node:http';
import type { Clock } from '../../clock/clock.ts';
import { type HeaderPairs, headerPairs, rawHeaders } from '../header-pairs.ts';
import type { IntegrationRequest } from './integration-request.ts';
import { readBody } from './read-body.ts';

/** What came of one request to an endpoint. */
export type Exchanged =
  | { kind: 'answered'; status: number; headers: HeaderPairs; body: Uint8Array }
  /** The answer is longer than API Gateway passes on. */
  | { kind: 'too-long' }
  | { kind: 'timeout' }
  /** Stale: a connection kept from an earlier request broke before the answer began. */
  | { kind: 'failed'; isStale: boolean };

/** One request and its answer, over the connection that the options choose, within the time given. */
export function exchange(
  { method, url, headers, body }: IntegrationRequest,
  connection: RequestOptions,
  { clock, milliseconds }: { clock: Clock; milliseconds: number },
): Promise<Exchanged> {
  return new Promise((resolve) => {
    const path = `${url.pathname}${url.search}`;
    const upstream = httpRequest({ ...connection, method, path, headers: rawHeaders(headers) });
    const timer = clock.after(milliseconds, () => end({ kind: 'timeout' }));
    let isAnswering = false;

    function end(result: Exchanged): void {
      timer.cancel();
      resolve(result);
      if (result.kind !== 'answered') upstream.destroy();
    }
    upstream.on('error', () => end({ kind: 'failed', isStale: upstream.reusedSocket && !isAnswering }));
    upstream.on('response', (answer) => {
      isAnswering = true;
      readBody(answer).then(
        (read) => {
          if (read === 'too-long') return end({ kind: 'too-long' });
          end({
            kind: 'answered',
            status: answer.statusCode ?? 0,
            headers: headerPairs(answer.rawHeaders),
            body: read,
          });
        },
        () => end({ kind: 'failed', isStale: false }),
      );
    });
    upstream.end(body);
  });
}
