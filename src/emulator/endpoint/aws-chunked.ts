import type { HttpRequest } from '../core/http-route.ts';

/** Takes the chunk framing of `aws-chunked` bodies away: `<hex size>[;chunk-signature=…]\r\n<data>\r\n`, and trailers. */
export function decodeAwsChunked(request: HttpRequest): HttpRequest {
  const encoding = request.headers['content-encoding'] ?? '';
  const isChunked =
    encoding.includes('aws-chunked') || request.headers['x-amz-decoded-content-length'] !== undefined;
  return isChunked ? { ...request, body: unframe(Buffer.from(request.body)) } : request;
}

function unframe(framed: Buffer): Uint8Array {
  const chunks: Buffer[] = [];
  let offset = 0;
  while (offset < framed.length) {
    const lineEnd = framed.indexOf('\r\n', offset);
    if (lineEnd < 0) break;
    const size = Number.parseInt(framed.toString('latin1', offset, lineEnd), 16);
    if (!size) break;
    chunks.push(framed.subarray(lineEnd + 2, lineEnd + 2 + size));
    offset = lineEnd + 2 + size + 2;
  }
  return Buffer.concat(chunks);
}
