import { gunzipSync } from 'node:zlib';
import { AwsError } from '../core/aws-error.ts';
import type { HttpRequest } from '../core/http-route.ts';
import type { ServiceModel } from '../core/service.ts';

/** The largest body of any action that may be compressed, PutMetricData's, many times over. */
const largestBody = 16 * 1024 * 1024;

/**
 * Clients compress large bodies of PutMetricData. In REST protocols the header says how an object is stored, not how
 * it travels.
 *
 * @throws AwsError `SerializationException` where the body is not what its header says, or far too large
 */
export function decompressed({ protocol }: ServiceModel, request: HttpRequest): HttpRequest {
  if (protocol.startsWith('rest-') || request.headers['content-encoding'] !== 'gzip') return request;
  try {
    return { ...request, body: gunzipSync(request.body, { maxOutputLength: largestBody }) };
  } catch (error) {
    throw new AwsError(
      'SerializationException',
      `the request's body cannot be decompressed: ${(error as Error).message}`,
    );
  }
}
