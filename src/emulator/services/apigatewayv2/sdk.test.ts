import { ApiGatewayV2, NotFoundException } from '@aws-sdk/client-apigatewayv2';
import { expect, it } from 'vitest';
import { steppedClock } from '../../clock/stepped-clock.ts';
import { closingAfterEach } from '../../data-plane/testing/closing.ts';
import { startEmulator } from '../../emulator.ts';

const closing = closingAfterEach();

it('speaks with AWS’s own client', async () => {
  const clock = steppedClock();
  const local = await startEmulator({ clock, port: 0, dataPlane: false });
  closing(() => local.close());
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const client = new ApiGatewayV2({ region: 'us-east-1', endpoint: local.endpoint, credentials });
  closing(() => client.destroy());

  const api = await client.createApi({ Name: 'api', ProtocolType: 'HTTP', Target: 'http://127.0.0.1' });
  expect(api).toMatchObject({ ProtocolType: 'HTTP', CreatedDate: new Date(clock.now()) });
  const { ApiId } = api;
  expect(await client.getRoutes({ ApiId })).toMatchObject({ Items: [{ RouteKey: '$default' }] });
  expect(await client.getStages({ ApiId })).toMatchObject({
    Items: [{ StageName: '$default', AutoDeploy: true }],
  });
  const { IntegrationId } = await client.createIntegration({
    ApiId,
    IntegrationType: 'HTTP_PROXY',
    IntegrationMethod: 'ANY',
    IntegrationUri: 'http://127.0.0.1',
  });
  const Target = `integrations/${IntegrationId}`;
  const { RouteId } = await client.createRoute({ ApiId, RouteKey: 'GET /a/{id}', Target });
  await client.updateRoute({ ApiId, RouteId, RouteKey: 'ANY /a/{proxy+}' });
  expect(await client.getRoute({ ApiId, RouteId })).toMatchObject({ RouteKey: 'ANY /a/{proxy+}', Target });
  const ResourceArn = `arn:aws:apigateway:us-east-1::/apis/${ApiId}`;
  await client.tagResource({ ResourceArn, Tags: { team: 'edge' } });
  expect(await client.getTags({ ResourceArn })).toMatchObject({ Tags: { team: 'edge' } });
  for (const [key, code] of [
    ['GET a', 'BadRequestException'],
    ['ANY /a/{proxy+}', 'ConflictException'],
  ]) {
    await expect(client.createRoute({ ApiId, RouteKey: key })).rejects.toMatchObject({ name: code });
  }
  await client.deleteApi({ ApiId });
  await expect(client.getApi({ ApiId })).rejects.toBeInstanceOf(NotFoundException);
});
