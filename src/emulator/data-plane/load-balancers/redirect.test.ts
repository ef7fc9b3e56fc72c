import type { RedirectActionConfig } from '@aws-sdk/client-elastic-load-balancing-v2';
import { expect, it } from 'vitest';
import { redirectLocation } from './redirect.ts';

const from = { protocol: 'http', host: 'example.com:8080', port: 80, path: '/a/b', query: 'x=1' };

it.each<{ name: string; config: Partial<RedirectActionConfig>; want: string }>([
  { name: 'keeps what is left out', config: { Port: '8443' }, want: 'http://example.com:8443/a/b?x=1' },
  {
    name: 'changes the protocol',
    config: { Protocol: 'HTTPS', Port: '443' },
    want: 'https://example.com:443/a/b?x=1',
  },
  {
    name: 'fills in the parts named',
    config: { Host: 'www.#{host}', Path: '/new/#{path}', Query: '#{query}&y=2', Protocol: '#{protocol}' },
    want: 'http://www.example.com:80/new/a/b?x=1&y=2',
  },
  {
    name: 'leaves unknown parts as they are',
    config: { Path: '/#{moon}' },
    want: 'http://example.com:80/#{moon}?x=1',
  },
  { name: 'drops an emptied query', config: { Query: '' }, want: 'http://example.com:80/a/b' },
])('$name', ({ config, want }) => {
  expect(redirectLocation({ StatusCode: 'HTTP_301', ...config }, from)).toBe(want);
});
