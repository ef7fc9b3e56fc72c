import { expect, it } from 'vitest';
import { apiAddress } from './api-address.ts';
import { stageAddress } from './stage-address.ts';

it.each([
  { host: '127.0.0.1:8080', url: '/abc123/prod/hello?x=1?', want: ['abc123', 'prod', '/hello', 'x=1?'] },
  { host: '127.0.0.1:8080', url: '/abc123/prod', want: ['abc123', 'prod', '/', ''] },
  { host: '127.0.0.1:8080', url: '/abc123/prod/a//b/', want: ['abc123', 'prod', '/a//b/', ''] },
  {
    host: 'abc123.execute-api.us-east-1.amazonaws.com',
    url: '/prod/hello',
    want: ['abc123', 'prod', '/hello', ''],
  },
  { host: 'ABC123.execute-api.localhost:8080', url: '/prod/', want: ['abc123', 'prod', '/', ''] },
  { host: '127.0.0.1:8080', url: '/abc123', want: undefined },
  { host: '127.0.0.1:8080', url: '/', want: undefined },
])('reads $host$url', ({ host, url, want }) => {
  const address = stageAddress(apiAddress(host, url));
  expect(address && [address.apiId, address.stageName, address.path, address.query]).toEqual(want);
});
