import type { HttpRequest } from '../core/http-route.ts';

/** What a signed request says of itself. The signature itself is not checked: this is a local AWS. */
export interface Credential {
  accessKeyId: string;
  region: string;
  /** The service's signing name. */
  service: string;
}

/** Reads the credential scope of Signature Version 4, from the header or a presigned URL. */
export function readCredential(request: HttpRequest): Credential | undefined {
  const header = /Credential=([^,\s]+)/.exec(request.headers.authorization ?? '')?.[1];
  const scope = header ?? request.query.get('X-Amz-Credential');
  const [accessKeyId, , region, service] = scope?.split('/') ?? [];
  return accessKeyId && region && service ? { accessKeyId, region, service } : undefined;
}
