import type { HttpRequest } from '../core/http-route.ts';
import type { Protocol, ServiceModel } from '../core/service.ts';
import { cborProtocol } from './cbor-protocol.ts';
import { jsonProtocol } from './json-protocol.ts';
import { queryProtocol } from './query-protocol.ts';
import { restJsonProtocol, restXmlProtocol } from './rest-protocol.ts';
import type { WireProtocol } from './wire-protocol.ts';

export const protocols: Readonly<Record<Protocol, WireProtocol>> = {
  query: queryProtocol('query'),
  'ec2-query': queryProtocol('ec2-query'),
  'json-1.0': jsonProtocol('1.0'),
  'json-1.1': jsonProtocol('1.1'),
  'rest-json': restJsonProtocol,
  'rest-xml': restXmlProtocol,
  'rpc-v2-cbor': cborProtocol,
};

/** The protocol that a request is in, of those that the service speaks. */
export function protocolOf({ protocol, alsoSpeaks = [] }: ServiceModel, request: HttpRequest): WireProtocol {
  const spoken = alsoSpeaks.find((other) => signs[other]?.(request.headers) === true);
  return protocols[spoken ?? protocol];
}

/** How requests of a service that speaks several protocols are told apart. */
const signs: Partial<Record<Protocol, (headers: HttpRequest['headers']) => boolean>> = {
  'json-1.0': (headers) => headers['x-amz-target'] !== undefined,
  'rpc-v2-cbor': (headers) => headers['smithy-protocol'] === 'rpc-v2-cbor',
};
