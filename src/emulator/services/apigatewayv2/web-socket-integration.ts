import type { CreateIntegrationRequest } from '@aws-sdk/client-apigatewayv2';
import type { Cell } from '../../core/cell.ts';
import { badRequest } from './errors.ts';

export const LONGEST_WEB_SOCKET_TIMEOUT = 29_000;

const TYPES = ['HTTP_PROXY', 'AWS_PROXY', 'MOCK'];

/** @throws AwsError `BadRequestException` */
export function validateWebSocketIntegration(
  { apis }: Cell,
  integration: Partial<CreateIntegrationRequest>,
): void {
  const { IntegrationType: type = '', ConnectionType, ConnectionId = '', TimeoutInMillis = 50 } = integration;
  if (!TYPES.includes(type)) {
    throw badRequest(
      `integrations of type ${type} are not part of WebSocket APIs in this local AWS: ${TYPES.join(', ')} are`,
    );
  }
  if (TimeoutInMillis < 50 || TimeoutInMillis > LONGEST_WEB_SOCKET_TIMEOUT) {
    throw badRequest(`Timeout should be between 50 ms and ${LONGEST_WEB_SOCKET_TIMEOUT} ms`);
  }
  if (type !== 'MOCK' && !integration.IntegrationUri) {
    throw badRequest(`IntegrationUri must be specified for integrations of type ${type}`);
  }
  if (ConnectionType !== 'VPC_LINK' || ConnectionId.includes('${') || apis.vpcLinks.has(ConnectionId)) return;
  throw badRequest(`VpcLink with ID ${ConnectionId} does not exist`);
}
