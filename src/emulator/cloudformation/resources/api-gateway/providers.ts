import type { ResourceProvider } from '../../resource-provider.ts';
import { account } from './account.ts';
import { apiKey } from './api-key.ts';
import { authorizer } from './authorizer.ts';
import { deployment } from './deployment.ts';
import { gatewayResponse } from './gateway-response.ts';
import { method } from './method.ts';
import { requestValidator } from './request-validator.ts';
import { resource } from './resource.ts';
import { restApi } from './rest-api.ts';
import { stage } from './stage.ts';
import { usagePlan } from './usage-plan.ts';
import { usagePlanKey } from './usage-plan-key.ts';
import { vpcLink } from './vpc-link.ts';

/** Types of `AWS::ApiGateway`. */
export const apiGatewayProviders: Readonly<Record<string, ResourceProvider>> = {
  'AWS::ApiGateway::Account': account,
  'AWS::ApiGateway::ApiKey': apiKey,
  'AWS::ApiGateway::Authorizer': authorizer,
  'AWS::ApiGateway::Deployment': deployment,
  'AWS::ApiGateway::GatewayResponse': gatewayResponse,
  'AWS::ApiGateway::Method': method,
  'AWS::ApiGateway::RequestValidator': requestValidator,
  'AWS::ApiGateway::Resource': resource,
  'AWS::ApiGateway::RestApi': restApi,
  'AWS::ApiGateway::Stage': stage,
  'AWS::ApiGateway::UsagePlan': usagePlan,
  'AWS::ApiGateway::UsagePlanKey': usagePlanKey,
  'AWS::ApiGateway::VpcLink': vpcLink,
};
