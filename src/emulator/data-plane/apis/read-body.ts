import type { IncomingMessage } from 'node:http';

/** What API Gateway takes and gives at most: 10 MB. */
const LARGEST_PAYLOAD = 10_485_760;

export const NO_BODY: Uint8Array = new Uint8Array();

/** The body of a request, or `too-long`. One that announces none has none (RFC 9112 section 6), and there is no wait. */
export async function readRequestBody(request: IncomingMessage): Promise<Uint8Array | 'too-long'> {
  const { 'transfer-encoding': encoding, 'content-length': length = '0' } = request.headers;
  return encoding === undefined && Number(length) === 0 ? NO_BODY : readBody(request);
}

/**
 * The body of a message, or `too-long`; that too is read to its end, as its sender listens to no answer before.
 *
 * @throws Error if the connection breaks first
 */
export function readBody(message: IncomingMessage): Promise<Uint8Array | 'too-long'> {
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
