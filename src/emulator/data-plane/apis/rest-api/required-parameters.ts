import { type ApiRequest, evaluate } from '../api-request.ts';
import { badRequestParameters, type GatewayAnswer } from '../gateway-answer.ts';

/** Refuses a request that lacks parameters which its method's validator wants. */
export function refuseIncomplete(request: ApiRequest): GatewayAnswer | undefined {
  const { method, deployment } = request;
  const validator = deployment.requestValidators.get(method.requestValidatorId ?? '');
  if (!validator?.validateRequestParameters) return undefined;
  const missing = Object.entries(method.requestParameters ?? {})
    .filter(([expression, isRequired]) => isRequired && !evaluate(expression, request))
    .map(([expression]) => expression.split('.').slice(3).join('.'));
  return missing.length > 0 ? badRequestParameters(missing) : undefined;
}
