import type { IncomingBody } from '../http/incoming-body.ts';

/** What API Gateway takes and gives at most: 10 MB. */
const LARGEST_PAYLOAD = 10_485_760;

export const NO_BODY: Uint8Array = new Uint8Array();

/**
 * A whole body, or `too-long`; that too is read to its end, as its sender listens to no answer before.
 *
 * @throws Error if the connection breaks first
 */
export function readBody(body: IncomingBody): Promise<Uint8Array | 'too-long'> {
  const chunks: Buffer[] = [];
  let length = 0;
  return new Promise((resolve, reject) => {
    body.read({
      data(chunk) {
        length += chunk.length;
        if (length <= LARGEST_PAYLOAD) chunks.push(chunk);
      },
      end: () => resolve(length > LARGEST_PAYLOAD ? 'too-long' : whole(chunks)),
      broken: () => reject(new Error('the connection broke before the end of the body')),
    });
  });
}

function whole(chunks: readonly Buffer[]): Uint8Array {
  return chunks.length > 1 ? Buffer.concat(chunks) : (chunks[0] ?? NO_BODY);
}
