import { apiAddress } from './api-address.ts';

/** Which stage of which API a request is for, and the path within it. */
export interface StageAddress {
  apiId: string;
  stageName: string;
  /** Undecoded, from `/`. */
  path: string;
  /** Without the question mark. */
  query: string;
}

/** An address whose path is `/<stage>/<path>`, as it always is for REST APIs. */
export function stageAddress(host: string, url: string): StageAddress | undefined {
  const address = apiAddress(host, url);
  const [stageName, ...path] = address?.path.split('/').slice(1) ?? [];
  return address && stageName ? { ...address, stageName, path: `/${path.join('/')}` } : undefined;
}
