import type { Protocol } from '../core/service.ts';
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
};
