import type { ApiGatewayV2 } from '@aws-sdk/client-apigatewayv2';
import type { Operations, Service } from '../../core/service.ts';
import { apis } from './apis.ts';
import { authorizers } from './authorizers.ts';
import { deployments } from './deployments.ts';
import { integrations } from './integrations.ts';
import { routes } from './routes.ts';
import { stages } from './stages.ts';
import { tags } from './tags.ts';
import { vpcLinks } from './vpc-links.ts';

export const apiGatewayV2: Service<Operations<ApiGatewayV2>> = {
  model: {
    signingName: 'apigateway',
    pathPrefix: '/v2/',
    protocol: 'rest-json',
    version: '2018-11-29',
    client: '@aws-sdk/client-apigatewayv2',
  },
  operations: {
    ...apis,
    ...routes,
    ...integrations,
    ...authorizers,
    ...deployments,
    ...stages,
    ...vpcLinks,
    ...tags,
  },
};
