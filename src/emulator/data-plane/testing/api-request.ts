import type { Integration } from '@aws-sdk/client-api-gateway';
import { steppedClock } from '../../clock/stepped-clock.ts';
import type { Deployment, Resource, RestApi, Stage } from '../../world/apis/rest-api.ts';
import type { ApiRequest } from '../apis/api-request.ts';
import { emptyCell } from './world.ts';

/** `GET /pets/7?x=1` to stage `prod` of API `abc123`, whose resource `/pets/{id}` has this integration. */
export function apiRequest(integration: Integration, given: Partial<ApiRequest> = {}): ApiRequest {
  const stage: Stage = {
    name: 'prod',
    deploymentId: 'd1',
    createdAt: 0,
    updatedAt: 0,
    description: undefined,
    tracingEnabled: false,
    variables: new Map([['host', 'backend.example']]),
    methodSettings: new Map(),
    canary: undefined,
    tags: new Map(),
  };
  const resource: Resource = {
    id: 'r1',
    parentId: 'r0',
    pathPart: '{id}',
    path: '/pets/{id}',
    methods: new Map(),
  };
  const api = { id: 'abc123' } as RestApi;
  return {
    cell: emptyCell(steppedClock()),
    api,
    stage,
    deployment: {} as Deployment,
    resource,
    method: { httpMethod: 'ANY' },
    integration,
    requestId: 'request-1',
    httpMethod: 'GET',
    path: '/pets/7',
    query: 'x=1',
    pathParameters: { id: '7' },
    headers: [
      ['Host', 'api.example'],
      ['X-Custom', 'yes'],
    ],
    body: new Uint8Array(),
    sourceIp: '203.0.113.7',
    port: 8080,
    authorizer: undefined,
    ...given,
  };
}
