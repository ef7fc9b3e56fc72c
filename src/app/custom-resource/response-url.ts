import { AlbridgeError } from '../../engine/errors.ts';

/** S3 in any region and partition, which is where CloudFormation's presigned URLs point. */
const s3Host = /^([a-z0-9.-]+\.)?s3([.-][a-z0-9-]+)*\.amazonaws\.(com|com\.cn|eu)$/;

/**
 * The address to answer to. Whoever can invoke the function chooses it, so it has to be S3 over https, or the endpoint
 * that this environment has instead of AWS. The URL is a credential: no message names more than its host.
 */
export function responseUrl(text: string, endpoint: string | undefined): URL {
  const url = parse(text);
  const isEndpoint = endpoint !== undefined && url?.origin === parse(endpoint)?.origin;
  if (url && (isEndpoint || (url.protocol === 'https:' && url.port === '' && s3Host.test(url.hostname))))
    return url;
  const host = url ? `${url.protocol}//${url.host}` : 'no url';
  const message = `the response url is at '${host}', where cloudformation does not take answers; nothing was sent`;
  throw new AlbridgeError('invalid-config', message);
}

function parse(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined;
}
