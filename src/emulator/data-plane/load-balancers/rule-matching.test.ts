import type { RuleCondition } from '@aws-sdk/client-elastic-load-balancing-v2';
import { expect, it } from 'vitest';
import type { Rule } from '../../world/load-balancing/listener.ts';
import { holds, matchingRule, type RequestFacts } from './rule-matching.ts';

const request: RequestFacts = {
  method: 'GET',
  path: '/img/Cat.png',
  query: 'version=v1&name=J%20Doe&flag',
  host: 'Shop.Example.com:8080',
  headers: [
    ['User-Agent', 'Mozilla/5.0 (X11)'],
    ['X-Tag', 'one'],
    ['x-tag', 'two'],
  ],
  sourceIp: '10.0.4.9',
};

const path = (...Values: string[]): RuleCondition => ({
  Field: 'path-pattern',
  PathPatternConfig: { Values },
});
const host = (...Values: string[]): RuleCondition => ({ Field: 'host-header', HostHeaderConfig: { Values } });
const query = (Value: string, Key?: string): RuleCondition => ({
  Field: 'query-string',
  QueryStringConfig: { Values: [{ Value, Key }] },
});
const header = (HttpHeaderName: string, ...Values: string[]): RuleCondition => ({
  Field: 'http-header',
  HttpHeaderConfig: { HttpHeaderName, Values },
});

it.each<{ name: string; condition: RuleCondition; given?: Partial<RequestFacts>; want: boolean }>([
  { name: 'matches the whole path', condition: path('/img/Cat.png'), want: true },
  { name: 'does not match part of a path', condition: path('/img'), want: false },
  { name: 'tells case apart in paths', condition: path('/img/cat.png'), want: false },
  { name: 'matches any text at *', condition: path('/img/*'), want: true },
  { name: 'matches no text at *', condition: path('/img/Cat.png*'), want: true },
  { name: 'crosses slashes at *', condition: path('/*.png'), want: true },
  { name: 'matches one character at ?', condition: path('/img/?at.png'), want: true },
  { name: 'needs a character at ?', condition: path('/img/Cat.png?'), want: false },
  { name: 'takes a dot for a dot', condition: path('/img/Cat?png', '/img/Cat.pn.'), want: true },
  {
    name: 'takes other signs literally',
    condition: path('/img/Cat.pn[g]', '/img/(Cat).png', '/img/Cat.png$'),
    want: false,
  },
  { name: 'matches any of several values', condition: path('/css/*', '/img/*'), want: true },
  { name: 'matches without the query', condition: path('*version*'), want: false },
  {
    name: 'reads values outside the config',
    condition: { Field: 'path-pattern', Values: ['/img/*'] },
    want: true,
  },
  {
    name: 'matches a regular expression',
    condition: { Field: 'path-pattern', RegexValues: ['^/img/.+$'] },
    want: true,
  },
  { name: 'matches hosts in any case, without the port', condition: host('shop.example.COM'), want: true },
  { name: 'matches subdomains at *', condition: host('*.example.com'), want: true },
  { name: 'does not match another host', condition: host('example.com'), want: false },
  { name: 'matches a header in any case', condition: header('USER-AGENT', '*mozilla*'), want: true },
  { name: 'looks at each header of the name', condition: header('X-Tag', 'two'), want: true },
  { name: 'does not match a header that is not there', condition: header('X-None', '*'), want: false },
  {
    name: 'matches the method',
    condition: { Field: 'http-request-method', HttpRequestMethodConfig: { Values: ['PUT', 'GET'] } },
    want: true,
  },
  {
    name: 'tells case apart in methods',
    condition: { Field: 'http-request-method', HttpRequestMethodConfig: { Values: ['get'] } },
    want: false,
  },
  { name: 'matches a key and its value', condition: query('V1', 'Version'), want: true },
  { name: 'does not match the value of another key', condition: query('v1', 'name'), want: false },
  { name: 'matches a value of any key', condition: query('v?'), want: true },
  { name: 'matches a key without a value', condition: query('', 'flag'), want: true },
  {
    name: 'takes an escaped * for itself',
    condition: query('\\*', 'q'),
    given: { query: 'q=*' },
    want: true,
  },
  {
    name: 'does not take an escaped * for anything else',
    condition: query('\\*', 'q'),
    given: { query: 'q=x' },
    want: false,
  },
  {
    name: 'matches the source',
    condition: { Field: 'source-ip', SourceIpConfig: { Values: ['10.0.4.0/24'] } },
    want: true,
  },
  {
    name: 'does not match a stranger',
    condition: { Field: 'source-ip', SourceIpConfig: { Values: ['10.0.5.0/24'] } },
    want: false,
  },
  { name: 'does not match an unknown field', condition: { Field: 'moon-phase', Values: ['*'] }, want: false },
])('$name', ({ condition, given, want }) => {
  expect(holds(condition, { ...request, ...given })).toBe(want);
});

const rule = (priority: number, ...conditions: RuleCondition[]): Rule => ({
  arn: `rule-${priority}`,
  priority,
  conditions,
  actions: [],
  tags: new Map(),
});

it.each<{ name: string; rules: Rule[]; want: number | undefined }>([
  { name: 'takes the first by priority', rules: [rule(20, path('*')), rule(10, path('/img/*'))], want: 10 },
  {
    name: 'passes over what does not match',
    rules: [rule(10, path('/css/*')), rule(20, path('/img/*'))],
    want: 20,
  },
  { name: 'wants every condition to hold', rules: [rule(10, path('*'), host('other.org'))], want: undefined },
])('$name', ({ rules, want }) => {
  expect(matchingRule({ rules }, request)?.priority).toBe(want);
});
