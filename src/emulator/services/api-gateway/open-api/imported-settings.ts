import type { GatewayResponse } from '@aws-sdk/client-api-gateway';
import type { RestApi } from '../../../world/apis/rest-api.ts';
import { asJson, type OpenApi, scalarText, textsOf } from './document.ts';

type Json = Readonly<Record<string, unknown>>;

/** What an API answers in its own words, by what it answers. */
export function importedGatewayResponses({ document }: OpenApi): Map<string, GatewayResponse> {
  const given = Object.entries(asJson(document['x-amazon-apigateway-gateway-responses']));
  return new Map(given.map(([type, held]) => [type, gatewayResponse(type, asJson(held))]));
}

function gatewayResponse(type: string, held: Json): GatewayResponse {
  return {
    responseType: type as GatewayResponse['responseType'],
    statusCode: scalarText(held.statusCode),
    responseParameters: textsOf(held.responseParameters),
    responseTemplates: textsOf(held.responseTemplates),
    defaultResponse: false,
  };
}

/** Settings of the API that a document has. */
export function importedSettings(
  { title, description, version, document }: OpenApi,
  { endpointConfigurationTypes }: Readonly<Record<string, string>>,
): Partial<RestApi['settings']> {
  const binary = document['x-amazon-apigateway-binary-media-types'];
  const keySource = scalarText(document['x-amazon-apigateway-api-key-source']);
  const policy = document['x-amazon-apigateway-policy'];
  return {
    name: title,
    ...(description !== undefined && { description }),
    ...(version !== undefined && { version }),
    ...(Array.isArray(binary) && { binaryMediaTypes: binary.map(String) }),
    ...(keySource !== undefined && { apiKeySource: keySource.toUpperCase() as 'HEADER' | 'AUTHORIZER' }),
    ...(policy !== undefined && { policy: JSON.stringify(policy) }),
    ...(endpointConfigurationTypes !== undefined && {
      endpointConfiguration: { types: [endpointConfigurationTypes as 'REGIONAL'], ipAddressType: 'ipv4' },
    }),
  };
}
