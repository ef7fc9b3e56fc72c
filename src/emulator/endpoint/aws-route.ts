import type { Accounts } from '../core/accounts.ts';
import { AwsError } from '../core/aws-error.ts';
import type { HttpRequest, HttpRoute } from '../core/http-route.ts';
import { type Random, uuid } from '../core/random.ts';
import type { Service } from '../core/service.ts';
import { protocols } from '../wire/protocols.ts';
import { decodeAwsChunked } from './aws-chunked.ts';
import { dispatch } from './dispatch.ts';
import { readCredential } from './signature.ts';

/** The AWS APIs: what is signed goes to the service, the region and the account that its credential names. */
export function awsRoute(services: readonly Service[], accounts: Accounts, random: Random): HttpRoute {
  return (request) => {
    const credential = readCredential(request);
    if (!credential) return undefined;
    const requestId = uuid(random);
    const service = services.find(({ model }) => model.signingName === credential.service);
    if (!service) return unknownService(request, credential.service, requestId);
    const { account, arn } = accounts.caller(credential.accessKeyId);
    const call = { cell: accounts.cell(account, credential.region), caller: arn, requestId };
    return dispatch(service, decodeAwsChunked(request), call);
  };
}

/** The client's protocol is not known either: what it sent tells which of two forms of error it can read. */
function unknownService(request: HttpRequest, name: string, requestId: string): ReturnType<HttpRoute> {
  const error = new AwsError(
    'NotImplemented',
    `the service ${name} is not implemented by this local AWS`,
    501,
  );
  const isForm = request.headers['content-type']?.startsWith('application/x-www-form-urlencoded') === true;
  const model = { signingName: name, protocol: 'query', version: '', schemas: {} } as const;
  return protocols[isForm ? 'query' : 'rest-json'].fail(model, error, requestId);
}
