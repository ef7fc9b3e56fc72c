import type { ApiAddress } from './api-address.ts';

/** Which stage of which API a request is for, and the path within it. */
export interface StageAddress extends ApiAddress {
  stageName: string;
}

/** An address whose path is `/<stage>/<path>`, as it always is for REST APIs. */
export function stageAddress(address: ApiAddress | undefined): StageAddress | undefined {
  const [, stageName = '', rest = ''] = /^\/([^/]*)(.*)$/s.exec(address?.path ?? '') ?? [];
  if (!address || !stageName) return undefined;
  return { apiId: address.apiId, stageName, path: rest || '/', query: address.query };
}
