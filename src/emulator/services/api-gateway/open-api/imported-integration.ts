import type { IntegrationResponse, PutIntegrationRequest } from '@aws-sdk/client-api-gateway';
import { asJson, scalarText, textsOf } from './document.ts';

type Json = Readonly<Record<string, unknown>>;
type Settings = Omit<PutIntegrationRequest, 'restApiId' | 'resourceId' | 'httpMethod'>;

/** What `x-amazon-apigateway-integration` says, as the calls say it. */
export function importedIntegration(
  given: Json,
): Settings & { integrationResponses?: Record<string, IntegrationResponse> } {
  const settings = {
    type: scalarText(given.type)?.toUpperCase(),
    integrationHttpMethod: scalarText(given.httpMethod)?.toUpperCase(),
    uri: scalarText(given.uri),
    connectionType: scalarText(given.connectionType)?.toUpperCase(),
    connectionId: scalarText(given.connectionId),
    integrationTarget: scalarText(given.integrationTarget),
    credentials: scalarText(given.credentials),
    passthroughBehavior: scalarText(given.passthroughBehavior)?.toUpperCase(),
    contentHandling: scalarText(given.contentHandling),
    timeoutInMillis: given.timeoutInMillis === undefined ? undefined : Number(given.timeoutInMillis),
    requestParameters: given.requestParameters && textsOf(given.requestParameters),
    requestTemplates: given.requestTemplates && textsOf(given.requestTemplates),
    integrationResponses: given.responses && responsesOf(asJson(given.responses)),
  };
  const said = Object.entries(settings).filter(([, value]) => value !== undefined);
  return Object.fromEntries(said) as Settings & {
    integrationResponses?: Record<string, IntegrationResponse>;
  };
}

/** Documents name responses by the pattern that chooses them; `default` is the one without. */
function responsesOf(byPattern: Json): Record<string, IntegrationResponse> {
  return Object.fromEntries(
    Object.entries(byPattern).map(([pattern, held]) => {
      const { statusCode = '200', responseParameters, responseTemplates } = asJson(held);
      const response: IntegrationResponse = {
        statusCode: String(statusCode),
        ...(pattern !== 'default' && { selectionPattern: pattern }),
        ...(responseParameters !== undefined && { responseParameters: textsOf(responseParameters) }),
        ...(responseTemplates !== undefined && { responseTemplates: textsOf(responseTemplates) }),
      };
      return [String(statusCode), response];
    }),
  );
}
