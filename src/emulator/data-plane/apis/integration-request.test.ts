import type { Integration } from '@aws-sdk/client-api-gateway';
import { expect, it } from 'vitest';
import { valuesOf } from '../http/header-pairs.ts';
import { apiRequest } from '../testing/api-request.ts';
import { integrationRequest } from './integration-request.ts';

const proxy: Integration = { type: 'HTTP_PROXY', httpMethod: 'ANY', uri: 'http://nlb.example/pets' };

it.each<{ name: string; integration: Integration; want: string }>([
  { name: 'keeps the query', integration: {}, want: 'http://nlb.example/pets?x=1' },
  {
    name: 'fills path variables in',
    integration: {
      uri: 'http://nlb.example/v2/{proxy}/x',
      requestParameters: { 'integration.request.path.proxy': 'method.request.path.id' },
    },
    want: 'http://nlb.example/v2/7/x?x=1',
  },
  {
    name: 'leaves nothing of a variable without a value',
    integration: { uri: 'http://nlb.example/{proxy}' },
    want: 'http://nlb.example/?x=1',
  },
  {
    name: 'adds to the query',
    integration: {
      uri: 'http://nlb.example/?a=b',
      requestParameters: { 'integration.request.querystring.who': "'me & you'" },
    },
    want: 'http://nlb.example/?x=1&a=b&who=me+%26+you',
  },
  {
    name: 'fills stage variables in',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: API Gateway writes stage variables so
    integration: { uri: 'http://${stageVariables.host}:8081/pets' },
    want: 'http://backend.example:8081/pets?x=1',
  },
])('makes the URL: $name', ({ integration, want }) => {
  expect(integrationRequest(apiRequest({ ...proxy, ...integration }))?.url.href).toBe(want);
});

it.each([
  { source: "'fixed'", want: ['fixed'] },
  { source: 'method.request.header.x-custom', want: ['yes'] },
  { source: 'method.request.querystring.x', want: ['1'] },
  { source: 'stageVariables.host', want: ['backend.example'] },
  { source: 'context.requestId', want: ['request-1'] },
  { source: 'context.identity.sourceIp', want: ['203.0.113.7'] },
  { source: 'method.request.header.none', want: [] },
])('maps $source to a header', ({ source, want }) => {
  const requestParameters = { 'integration.request.header.X-Mapped': source };
  const outgoing = integrationRequest(apiRequest({ ...proxy, requestParameters }));
  expect(valuesOf(outgoing?.headers ?? [], 'x-mapped')).toEqual(want);
});

it('says where the request comes from and where it goes', () => {
  const headers = [['Host', 'api.example'] as const, ['X-Forwarded-For', '198.51.100.1'] as const];
  const outgoing = integrationRequest(apiRequest(proxy, { headers }));
  expect(Object.fromEntries(outgoing?.headers ?? [])).toEqual({
    Host: 'nlb.example',
    'X-Forwarded-For': '198.51.100.1, 203.0.113.7',
    'X-Forwarded-Proto': 'http',
    'X-Forwarded-Port': '8080',
    'x-amzn-apigateway-api-id': 'abc123',
  });
});

it('uses the method of the integration, and tells the length of a body', () => {
  const outgoing = integrationRequest(
    apiRequest({ ...proxy, httpMethod: 'POST' }, { body: Buffer.from('héllo') }),
  );
  expect(outgoing?.method).toBe('POST');
  expect(valuesOf(outgoing?.headers ?? [], 'content-length')).toEqual(['6']);
});

it('makes nothing of a URI that is none', () => {
  expect(integrationRequest(apiRequest({ ...proxy, uri: 'http://' }))).toBeUndefined();
});
