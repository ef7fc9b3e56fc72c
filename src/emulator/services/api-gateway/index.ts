import type { APIGateway } from '@aws-sdk/client-api-gateway';
import type { Operations, Service } from '../../core/service.ts';
import { account } from './account.ts';
import { apiKeys } from './api-keys.ts';
import { authorizers } from './authorizers.ts';
import { deployments } from './deployments.ts';
import { gatewayResponses } from './gateway-responses.ts';
import { imports } from './imports.ts';
import { integrations } from './integrations.ts';
import { methods } from './methods.ts';
import { requestValidators } from './request-validators.ts';
import { resources } from './resources.ts';
import { restApis } from './rest-apis.ts';
import { stages } from './stages.ts';
import { tags } from './tags.ts';
import { usagePlanKeys } from './usage-plan-keys.ts';
import { usagePlans } from './usage-plans.ts';
import { vpcLinks } from './vpc-links.ts';

export const apiGateway: Service<Operations<APIGateway>> = {
  model: {
    signingName: 'apigateway',
    protocol: 'rest-json',
    version: '2015-07-09',
    client: '@aws-sdk/client-api-gateway',
  },
  operations: {
    ...restApis,
    ...resources,
    ...methods,
    ...integrations,
    ...deployments,
    ...stages,
    ...authorizers,
    ...requestValidators,
    ...gatewayResponses,
    ...imports,
    ...apiKeys,
    ...usagePlans,
    ...usagePlanKeys,
    ...vpcLinks,
    ...account,
    ...tags,
  },
};
