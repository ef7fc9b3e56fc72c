import type { IntegrationResponse } from '@aws-sdk/client-api-gateway';
import { expect, it } from 'vitest';
import { apiRequest } from '../testing/api-request.ts';
import { mock } from './mock.ts';

const responses: Record<string, IntegrationResponse> = {
  '204': {
    statusCode: '204',
    responseParameters: { 'method.response.header.Access-Control-Allow-Origin': "'*'" },
    responseTemplates: { 'application/json': '' },
  },
  '400': {
    statusCode: '400',
    selectionPattern: '4\\d\\d',
    responseTemplates: { 'application/json': '{"no":true}' },
  },
};

function answer(template: string | undefined, integrationResponses = responses) {
  const requestTemplates = template === undefined ? undefined : { 'application/json': template };
  return mock(apiRequest({ type: 'MOCK', requestTemplates, integrationResponses }));
}

it.each([
  { name: 'the response without a pattern', template: '{"statusCode": 200}', want: [204, ''] },
  { name: 'the response whose pattern matches', template: '{ statusCode: 404 }', want: [400, '{"no":true}'] },
  {
    name: 'an internal error where no status is given',
    template: undefined,
    want: [500, '{"message":"Internal server error"}'],
  },
])('answers $name', ({ template, want }) => {
  const { status, body } = answer(template);
  expect([status, Buffer.from(body).toString()]).toEqual(want);
});

it('sets the headers mapped', () => {
  expect(answer('{"statusCode": 200}').headers).toContainEqual(['Access-Control-Allow-Origin', '*']);
});

it('answers an internal error where there is no response', () => {
  expect(answer('{"statusCode": 200}', {}).status).toBe(500);
});
