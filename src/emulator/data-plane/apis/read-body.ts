import type { IncomingMessage } from 'node:http';

/** What API Gateway takes and gives at most: 10 MB. */
export const LARGEST_PAYLOAD = 10_485_760;

export const NO_BODY: Uint8Array = new Uint8Array();

/**
 * The body of a request, or `too-long`; that too is read to its end, as its sender listens to no answer before.
 *
 * @throws Error if the connection breaks first
 */
export async function readBody(message: IncomingMessage): Promise<Uint8Array | 'too-long'> {
  if (!hasBody(message)) return NO_BODY;
  const chunks: Buffer[] = [];
  let length = 0;
  // By its events, as iterating over a message takes several times as long.
  return new Promise((resolve, reject) => {
    const refuseBroken = (): void => {
      if (!message.complete) reject(new Error('the connection broke before the end of the body'));
    };
    if (message.destroyed) refuseBroken();
    message.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length <= LARGEST_PAYLOAD) chunks.push(chunk);
    });
    message.on('end', () => resolve(length <= LARGEST_PAYLOAD ? Buffer.concat(chunks) : 'too-long'));
    message.on('error', reject);
    message.on('close', refuseBroken);
  });
}

/** Whether a request brings a body: its headers say so (RFC 9112 section 6). */
function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}
