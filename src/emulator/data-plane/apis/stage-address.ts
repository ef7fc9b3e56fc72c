/** Which stage of which API a request is for, and the path within it. */
export interface StageAddress {
  apiId: string;
  stageName: string;
  /** Undecoded, from `/`. */
  path: string;
  /** Without the question mark. */
  query: string;
}

/**
 * Reads `<id>.execute-api.<anything>` from the Host header, then `/<stage>/<path>`; or, on any other host,
 * `/<id>/<stage>/<path>`.
 */
export function stageAddress(host: string, url: string): StageAddress | undefined {
  const [fullPath = '', ...query] = url.split('?');
  const named = /^([a-z0-9]+)\.execute-api\./i.exec(host)?.[1];
  const [apiId, stageName, ...path] = [...(named ? [named] : []), ...fullPath.split('/').slice(1)];
  if (!apiId || !stageName) return undefined;
  return { apiId: apiId.toLowerCase(), stageName, path: `/${path.join('/')}`, query: query.join('?') };
}
