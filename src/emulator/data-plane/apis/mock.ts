import type { Integration, IntegrationResponse } from '@aws-sdk/client-api-gateway';
import type { HeaderPairs } from '../http/header-pairs.ts';
import { type ApiRequest, evaluate } from './api-request.ts';
import { type GatewayAnswer, internalError } from './gateway-answer.ts';

const TEMPLATE = 'application/json';

/**
 * Answers without an endpoint: the request template says `{"statusCode": 200}`, and the integration response for it
 * the rest. Templates are taken as they stand; the template language is not evaluated.
 */
export function mock(request: ApiRequest): GatewayAnswer {
  const response = chooseResponse(request.integration);
  if (!response) return internalError();
  return {
    status: Number(response.statusCode),
    headers: [['Content-Type', TEMPLATE], ...mappedHeaders(response, request)],
    body: Buffer.from(response.responseTemplates?.[TEMPLATE] ?? ''),
  };
}

/** The response whose pattern matches the status, or else the one that has none. */
function chooseResponse({
  requestTemplates,
  integrationResponses = {},
}: Integration): IntegrationResponse | undefined {
  const status = /"?statusCode"?\s*:\s*"?(\d+)/.exec(requestTemplates?.[TEMPLATE] ?? '')?.[1];
  if (status === undefined) return undefined;
  const responses = Object.values(integrationResponses);
  const matches = ({ selectionPattern }: IntegrationResponse): boolean =>
    Boolean(selectionPattern) && new RegExp(`^(?:${selectionPattern})$`).test(status);
  return responses.find(matches) ?? responses.find(({ selectionPattern }) => !selectionPattern);
}

function mappedHeaders({ responseParameters = {} }: IntegrationResponse, request: ApiRequest): HeaderPairs {
  return Object.entries(responseParameters).flatMap(([destination, source]) => {
    const name = /^method\.response\.header\.(.+)$/.exec(destination)?.[1];
    const value = evaluate(source, request);
    return name !== undefined && value !== undefined ? [[name, value] as const] : [];
  });
}
