import type { Clock } from '../../clock/clock.ts';
import type { ClientConnection } from '../http/client-connection.ts';
import type { HeaderPairs } from '../http/header-pairs.ts';
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

/**
 * One request and its answer over a connection, within the time given.
 *
 * @throws BadMessage where it cannot be sent
 */
export function exchange(
  { method, url, headers, body }: IntegrationRequest,
  connection: ClientConnection,
  { clock, milliseconds }: { clock: Clock; milliseconds: number },
): Promise<Exchanged> {
  return new Promise((resolve) => {
    const target = `${url.pathname}${url.search}`;
    const asked = connection.send(
      { method, target, headers },
      {
        response({ status, headers: own }, answer) {
          readBody(answer).then(
            (read) => {
              if (read === 'too-long') end({ kind: 'too-long' });
              else end({ kind: 'answered', status, headers: own, body: read });
            },
            () => end({ kind: 'failed', isStale: false }),
          );
        },
        failed: () => end({ kind: 'failed', isStale: asked.isReused }),
      },
    );

    const timer = clock.after(milliseconds, () => end({ kind: 'timeout' }));

    function end(result: Exchanged): void {
      timer.cancel();
      resolve(result);
      if (result.kind !== 'answered') asked.abort();
    }
    asked.write(body);
    asked.end();
  });
}
