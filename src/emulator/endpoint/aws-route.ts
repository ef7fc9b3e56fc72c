import type { Accounts } from '../core/accounts.ts';
import { AwsError } from '../core/aws-error.ts';
import type { HttpRequest, HttpRoute } from '../core/http-route.ts';
import { type Random, uuid } from '../core/random.ts';
import type { Service } from '../core/service.ts';
import { protocolOf, protocols } from '../wire/protocols.ts';
import { decodeAwsChunked } from './aws-chunked.ts';
import { dispatch } from './dispatch.ts';
import { readCredential } from './signature.ts';

/** The AWS APIs: what is signed goes to the service, the region and the account that its credential names. */
export function awsRoute(services: readonly Service[], accounts: Accounts, random: Random): HttpRoute {
  return (request) => {
    const credential = readCredential(request);
    if (!credential) return undefined;
    const requestId = uuid(random);
    const service = services.find(
      ({ model }) =>
        model.signingName === credential.service && request.path.startsWith(model.pathPrefix ?? '/'),
    );
    if (!service) return unknownService(request, credential.service, requestId);
    const { account, arn, session } = accounts.caller(credential.accessKeyId);
    if (!session && looksReal(credential.accessKeyId)) return refuseCredential(service, request, requestId);
    const call = { cell: accounts.cell(account, credential.region), caller: arn, session, requestId };
    return dispatch(service, decodeAwsChunked(request), call);
  };
}

/** An access key id that AWS may have given out; the ones in its documentation end in `EXAMPLE`. */
function looksReal(accessKeyId: string): boolean {
  return /^A[KS]IA[A-Z0-9]{16}$/.test(accessKeyId) && !accessKeyId.endsWith('EXAMPLE');
}

/** Nobody's real credentials belong here: whoever sends them may believe to be talking to AWS. */
function refuseCredential(
  { model }: Service,
  request: HttpRequest,
  requestId: string,
): ReturnType<HttpRoute> {
  const message =
    'This is a local AWS, and the access key id looks like one of the real AWS, or was issued here and has expired: use any other, such as "local"';
  const error = new AwsError('InvalidClientTokenId', message, 403);
  return protocolOf(model, request).fail(error, requestId, model);
}

/** The client's protocol is not known either: what it sent tells which of two forms of error it can read. */
function unknownService(request: HttpRequest, name: string, requestId: string): ReturnType<HttpRoute> {
  const error = new AwsError(
    'NotImplemented',
    `the service ${name} is not implemented by this local AWS`,
    501,
  );
  const isForm = request.headers['content-type']?.startsWith('application/x-www-form-urlencoded') === true;
  return protocols[isForm ? 'query' : 'rest-json'].fail(error, requestId);
}
