import type { IncomingMessage } from 'node:http';

/** What API Gateway takes and gives at most: 10 MB. */
const LARGEST_PAYLOAD = 10_485_760;

/**
 * The body of a message, or `too-long`; that too is read to its end, as its sender listens to no answer before.
 *
 * @throws Error if the connection breaks first
 */
export async function readBody(message: IncomingMessage): Promise<Uint8Array | 'too-long'> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of message) {
    length += (chunk as Buffer).length;
    if (length <= LARGEST_PAYLOAD) chunks.push(chunk as Buffer);
  }
  return length <= LARGEST_PAYLOAD ? Buffer.concat(chunks) : 'too-long';
}
