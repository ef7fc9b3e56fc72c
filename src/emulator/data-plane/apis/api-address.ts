/** Which API a request is for, and what it asks of it. */
export interface ApiAddress {
  apiId: string;
  /** Undecoded, from `/`; it may begin with a stage's name. */
  path: string;
  /** Without the question mark. */
  query: string;
}

/** Reads `<id>.execute-api.<anything>` from the Host header; or, on any other host, the id from the path's first step. */
export function apiAddress(host: string, url: string): ApiAddress | undefined {
  const [, whole = '', query = ''] = /^([^?]*)\??(.*)$/s.exec(url) ?? [];
  const named = /^([a-z0-9]+)\.execute-api\./i.exec(host)?.[1];
  const [, first = '', rest = ''] = /^\/([^/]*)(.*)$/s.exec(whole) ?? [];
  const apiId = named ?? first;
  const path = named === undefined ? rest : whole;
  return apiId ? { apiId: apiId.toLowerCase(), path: path || '/', query } : undefined;
}
