import type { Authorizer, Method } from '@aws-sdk/client-api-gateway';
import type { Cell } from '../../../core/cell.ts';
import type { RestApi } from '../../../world/apis/rest-api.ts';
import { newAuthorizer } from '../authorizers.ts';
import { asJson, type OpenApi, type OpenApiOperation, scalarText } from './document.ts';

type Json = Readonly<Record<string, unknown>>;

/** Who may call: schemes are authorizers, IAM, or API keys. */
export function accessOf(
  { security, operation }: OpenApiOperation,
  { securitySchemes }: OpenApi,
  authorizers: ReadonlyMap<string, Authorizer>,
): Pick<Method, 'authorizationType' | 'authorizerId' | 'apiKeyRequired' | 'authorizationScopes'> {
  const named = security.flatMap((alternative) => Object.entries(alternative));
  const isIam =
    asJson(operation['x-amazon-apigateway-auth']).type === 'AWS_IAM' ||
    named.some(([name]) => securitySchemes[name]?.['x-amazon-apigateway-authtype'] === 'awsSigv4');
  const apiKeyRequired = named.some(([name]) => isApiKey(securitySchemes[name]));
  const [scheme, scopes] = named.find(([name]) => authorizers.has(name)) ?? [];
  const authorizer = authorizers.get(scheme ?? '');
  if (!authorizer) return { apiKeyRequired, authorizationType: isIam ? 'AWS_IAM' : 'NONE' };
  const isCognito = authorizer.type === 'COGNITO_USER_POOLS';
  return {
    apiKeyRequired,
    authorizationType: isCognito ? 'COGNITO_USER_POOLS' : 'CUSTOM',
    authorizerId: authorizer.id,
    ...(isCognito && Array.isArray(scopes) && { authorizationScopes: scopes.map(String) }),
  };
}

function isApiKey(scheme: Json = {}): boolean {
  const isPlain =
    !('x-amazon-apigateway-authorizer' in scheme) && !('x-amazon-apigateway-authtype' in scheme);
  return scheme.type === 'apiKey' && isPlain && String(scheme.name).toLowerCase() === 'x-api-key';
}

/** Makes the authorizers that security schemes describe, or makes known ones anew; by the schemes' names. */
export function importAuthorizers(
  cell: Cell,
  api: Pick<RestApi, 'authorizers'>,
  { securitySchemes }: OpenApi,
): Map<string, Authorizer> {
  const made = new Map<string, Authorizer>();
  for (const [name, scheme] of Object.entries(securitySchemes)) {
    if (!('x-amazon-apigateway-authorizer' in scheme)) continue;
    const given = asJson(scheme['x-amazon-apigateway-authorizer']);
    const known = [...api.authorizers.values()].find((authorizer) => authorizer.name === name);
    const authorizer = newAuthorizer(known?.id ?? cell.apis.newId(), {
      name,
      type: scalarText(given.type)?.toUpperCase() as Authorizer['type'],
      authType: scalarText(scheme['x-amazon-apigateway-authtype']) ?? 'custom',
      authorizerUri: scalarText(given.authorizerUri),
      authorizerCredentials: scalarText(given.authorizerCredentials),
      identitySource: scalarText(given.identitySource) ?? `method.request.header.${String(scheme.name)}`,
      identityValidationExpression: scalarText(given.identityValidationExpression),
      providerARNs: [given.providerARNs ?? []].flat().map(String),
      ...(given.authorizerResultTtlInSeconds !== undefined && {
        authorizerResultTtlInSeconds: Number(given.authorizerResultTtlInSeconds),
      }),
    });
    api.authorizers.set(authorizer.id ?? '', authorizer);
    made.set(name, authorizer);
  }
  return made;
}
