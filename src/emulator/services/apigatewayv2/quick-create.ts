import type { CreateApiRequest } from '@aws-sdk/client-apigatewayv2';
import type { Cell } from '../../core/cell.ts';
import { autoDeployTo } from '../../world/apis/deploy-http-api.ts';
import type { HttpApi } from '../../world/apis/http-api.ts';
import { newIntegration } from './integrations.ts';
import { newStage } from './stages.ts';

/** An API with a target is ready to be called: a route, its integration, and a stage that deploys itself. */
export function quickCreate(
  cell: Cell,
  api: HttpApi,
  { Target, RouteKey = '$default', CredentialsArn }: CreateApiRequest,
): void {
  if (Target === undefined) return;
  const isFunction = Target.startsWith('arn:');
  const integration = newIntegration(cell, api, {
    IntegrationType: isFunction ? 'AWS_PROXY' : 'HTTP_PROXY',
    IntegrationMethod: isFunction ? 'POST' : 'ANY',
    IntegrationUri: Target,
    PayloadFormatVersion: isFunction ? '2.0' : '1.0',
    CredentialsArn,
  });
  const RouteId = cell.apis.newId(7);
  const target = `integrations/${integration.IntegrationId}`;
  api.routes.set(RouteId, { RouteId, RouteKey, Target: target, AuthorizationType: 'NONE' });
  const stage = newStage({ StageName: '$default', AutoDeploy: true }, cell.clock);
  api.stages.set(stage.name, stage);
  autoDeployTo(cell, api, [stage]);
}
