/** What the wire or a caller within gives: bytes or text. */
export function bytesOf(body: unknown = ''): Uint8Array {
  if (body instanceof Uint8Array) return body;
  if (typeof body === 'string') return Buffer.from(body);
  throw new TypeError('the body of an object must be bytes or a string');
}
