import type { ResourceProvider } from '../../resource-provider.ts';
import { httpApi } from './api.ts';
import { httpAuthorizer } from './authorizer.ts';
import { httpDeployment } from './deployment.ts';
import { httpIntegration } from './integration.ts';
import { httpRoute } from './route.ts';
import { httpStage } from './stage.ts';
import { privateLink } from './vpc-link.ts';

/** Types of `AWS::ApiGatewayV2`. */
export const apiGatewayV2Providers: Readonly<Record<string, ResourceProvider>> = {
  'AWS::ApiGatewayV2::Api': httpApi,
  'AWS::ApiGatewayV2::Authorizer': httpAuthorizer,
  'AWS::ApiGatewayV2::Deployment': httpDeployment,
  'AWS::ApiGatewayV2::Integration': httpIntegration,
  'AWS::ApiGatewayV2::Route': httpRoute,
  'AWS::ApiGatewayV2::Stage': httpStage,
  'AWS::ApiGatewayV2::VpcLink': privateLink,
};
