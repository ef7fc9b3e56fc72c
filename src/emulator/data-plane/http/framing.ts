import { BadMessage } from './bad-message.ts';
import type { RequestHead, ResponseHead } from './head.ts';
import { type HeaderPairs, listOf, valuesOf } from './header-pairs.ts';

/** Where a body ends: after so many bytes, where its chunks say, or with the connection. */
export type Framing = number | 'chunked' | 'until-close';

/**
 * RFC 9112 section 6.3. What two readers could understand in two ways is refused, as a load balancer does.
 *
 * @throws BadMessage
 */
export function requestFraming({ version, headers }: RequestHead): Framing {
  const framing = framingOf(headers);
  if (framing === 'chunked' && version === '1.0') throw new BadMessage('HTTP/1.0 has no chunks');
  return framing ?? 0;
}

/**
 * RFC 9112 section 6.3, of the answer to a request of that method.
 *
 * @throws BadMessage
 */
export function responseFraming({ status, headers }: ResponseHead, method: string): Framing {
  return isBodiless(status, method) ? 0 : (framingOf(headers) ?? 'until-close');
}

/** Whether an answer has no body, whatever its headers say of one. */
export function isBodiless(status: number, method: string): boolean {
  return method === 'HEAD' || status < 200 || status === 204 || status === 304;
}

/** Whether the connection is kept after a message. */
export function persists({ version, headers }: Pick<RequestHead, 'version' | 'headers'>): boolean {
  const options = listOf(headers, 'connection');
  return version === '1.1' ? !options.includes('close') : options.includes('keep-alive');
}

function framingOf(headers: HeaderPairs): Framing | undefined {
  const encodings = valuesOf(headers, 'transfer-encoding');
  const lengths = valuesOf(headers, 'content-length');
  if (encodings.length === 0) return lengths.length === 0 ? undefined : lengthOf(lengths);
  if (lengths.length > 0) throw new BadMessage('both a length and an encoding');
  if (encodings.join().toLowerCase() !== 'chunked') {
    throw new BadMessage(`the transfer encoding ${encodings.join()}`, 501);
  }
  return 'chunked';
}

function lengthOf(values: readonly string[]): number {
  const [value = ''] = values;
  const length = /^\d+$/.test(value) ? Number(value) : Number.NaN;
  if (values.length > 1 || !Number.isSafeInteger(length))
    throw new BadMessage(`the length ${values.join(', ')}`);
  return length;
}
