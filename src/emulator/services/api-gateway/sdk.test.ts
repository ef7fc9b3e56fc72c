import { APIGateway, NotFoundException } from '@aws-sdk/client-api-gateway';
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
  const client = new APIGateway({ region: 'us-east-1', endpoint: local.endpoint, credentials });
  closing(() => client.destroy());

  const {
    id: restApiId,
    rootResourceId: resourceId,
    createdDate,
  } = await client.createRestApi({ name: 'api' });
  expect(createdDate).toEqual(new Date(clock.now()));
  const method = { restApiId, resourceId, httpMethod: 'ANY' };
  await client.putMethod({ ...method, authorizationType: 'NONE' });
  await client.putIntegration({
    ...method,
    type: 'HTTP_PROXY',
    integrationHttpMethod: 'ANY',
    uri: 'http://127.0.0.1',
  });
  expect(await client.getResources({ restApiId, embed: ['methods'] })).toMatchObject({
    items: [{ resourceMethods: { ANY: { methodIntegration: { httpMethod: 'ANY', type: 'HTTP_PROXY' } } } }],
  });

  await client.createDeployment({ restApiId, stageName: 'prod' });
  const replace = { op: 'replace', path: '/description', value: 'live' } as const;
  await client.updateStage({ restApiId, stageName: 'prod', patchOperations: [replace] });
  expect(await client.getStages({ restApiId })).toMatchObject({
    item: [{ stageName: 'prod', description: 'live' }],
  });

  const resourceArn = `arn:aws:apigateway:us-east-1::/restapis/${restApiId}/stages/prod`;
  await client.tagResource({ resourceArn, tags: { team: 'core', tier: '1' } });
  await client.untagResource({ resourceArn, tagKeys: ['tier'] });
  expect(await client.getTags({ resourceArn })).toMatchObject({ tags: { team: 'core' } });

  await client.deleteRestApi({ restApiId });
  const failure = client.getRestApi({ restApiId });
  await expect(failure).rejects.toBeInstanceOf(NotFoundException);
  await expect(failure).rejects.toThrow(`Invalid API identifier specified 000000000000:${restApiId}`);
});
