import type { Clock } from '../../clock/clock.ts';
import { type HeaderPairs, rawHeaders, receivedPairs } from '../header-pairs.ts';
import type { Connection } from './connections.ts';
import type { IntegrationRequest } from './integration-request.ts';
import { LARGEST_PAYLOAD } from './read-body.ts';

/** What came of one request to an endpoint. */
export type Exchanged =
  | { kind: 'answered'; status: number; headers: HeaderPairs; body: Uint8Array }
  /** The answer is longer than API Gateway passes on. */
  | { kind: 'too-long' }
  | { kind: 'timeout' }
  /** Stale: a connection kept from an earlier request broke before the answer began. */
  | { kind: 'failed'; isStale: boolean };

/** One request and its answer over a connection, within the time given. */
export function exchange(
  { method, url, headers, body }: IntegrationRequest,
  connection: Connection,
  { clock, milliseconds }: { clock: Clock; milliseconds: number },
): Promise<Exchanged> {
  return new Promise((resolve) => {
    const timer = clock.after(milliseconds, () => end({ kind: 'timeout' }));
    const chunks: Buffer[] = [];
    let length = 0;
    let status = 0;
    let received: HeaderPairs = [];

    function end(result: Exchanged): void {
      timer.cancel();
      resolve(result);
      if (result.kind === 'answered') connection.done();
      else connection.break();
    }

    const request = {
      method,
      path: `${url.pathname}${url.search}`,
      headers: rawHeaders(headers),
      body: body.length > 0 ? body : null,
    };
    connection.client.dispatch(request, {
      onRequestStart() {},
      onResponseStart(controller, code) {
        status = code;
        received = receivedPairs(controller.rawHeaders);
      },
      onResponseData(_controller, chunk) {
        length += chunk.length;
        if (length <= LARGEST_PAYLOAD) chunks.push(chunk);
        else end({ kind: 'too-long' });
      },
      onResponseEnd() {
        end({ kind: 'answered', status, headers: received, body: Buffer.concat(chunks) });
      },
      onResponseError() {
        end({ kind: 'failed', isStale: connection.wasUsed && status === 0 });
      },
    });
  });
}
