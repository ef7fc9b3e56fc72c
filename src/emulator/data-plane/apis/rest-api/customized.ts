import type { GatewayResponse } from '@aws-sdk/client-api-gateway';
import type { Deployment } from '../../../world/apis/rest-api.ts';
import { replaced } from '../../http/header-pairs.ts';
import type { GatewayAnswer } from '../gateway-answer.ts';

/** An answer of the gateway's own in the words that the API has for it; what endpoints answer stays as it is. */
export function customized(answer: GatewayAnswer, { gatewayResponses }: Deployment): GatewayAnswer {
  if (!answer.gateway) return answer;
  const response =
    gatewayResponses.get(answer.gateway.type) ??
    gatewayResponses.get(answer.status < 500 ? 'DEFAULT_4XX' : 'DEFAULT_5XX');
  if (!response) return answer;
  let { headers } = answer;
  for (const [destination, source] of Object.entries(response.responseParameters ?? {})) {
    const name = /^gatewayresponse\.header\.(.+)$/.exec(destination)?.[1];
    if (name !== undefined) headers = replaced(headers, name, source.replace(/^'(.*)'$/s, '$1'));
  }
  const body = bodyOf(response, answer.gateway);
  return {
    ...answer,
    status: Number(response.statusCode ?? answer.status),
    headers,
    ...(body !== undefined && { body: Buffer.from(body) }),
  };
}

/** Of the template language, the error's own variables are known. */
function bodyOf(
  { responseTemplates }: GatewayResponse,
  { type, message }: NonNullable<GatewayAnswer['gateway']>,
): string | undefined {
  return responseTemplates?.['application/json']
    ?.replaceAll('$context.error.messageString', JSON.stringify(message))
    .replaceAll('$context.error.message', message)
    .replaceAll('$context.error.responseType', type);
}
