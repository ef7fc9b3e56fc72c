import type { Action, RuleCondition } from '@aws-sdk/client-elastic-load-balancing-v2';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fixed, type LoadBalancerWorld, loadBalancerWorld } from './testing/load-balancers.ts';

let world: LoadBalancerWorld;
let ListenerArn: string;
let next = 1;

beforeAll(async () => {
  world = await loadBalancerWorld();
  const LoadBalancerArn = await world.balancer('application');
  const input = { LoadBalancerArn, Port: 80, Protocol: 'HTTP' as const, DefaultActions: [fixed] };
  const { Listeners } = await world.elb.createListener(input);
  ListenerArn = Listeners?.[0]?.ListenerArn ?? '';
});
afterAll(() => world.close());

const path = (...Values: string[]): RuleCondition => ({ Field: 'path-pattern', Values });

async function create(Conditions: RuleCondition[], Actions: Action[] = [fixed], Priority = next++) {
  const { Rules } = await world.elb.createRule({ ListenerArn, Priority, Conditions, Actions });
  return Rules?.[0] ?? {};
}

describe('conditions', () => {
  it.each([
    { name: 'a path', condition: path('/a/*'), want: { PathPatternConfig: { Values: ['/a/*'] } } },
    {
      name: 'a host',
      condition: { Field: 'host-header', HostHeaderConfig: { Values: ['*.example.com'] } },
      want: { Values: ['*.example.com'] },
    },
    {
      name: 'a header',
      condition: { Field: 'http-header', HttpHeaderConfig: { HttpHeaderName: 'X-A', Values: ['*'] } },
      want: { HttpHeaderConfig: { HttpHeaderName: 'X-A', Values: ['*'] } },
    },
    {
      name: 'a method',
      condition: { Field: 'http-request-method', Values: ['GET'] },
      want: { Values: ['GET'] },
    },
    {
      name: 'a query',
      condition: { Field: 'query-string', QueryStringConfig: { Values: [{ Key: 'v', Value: '1' }] } },
      want: { QueryStringConfig: { Values: [{ Key: 'v', Value: '1' }] } },
    },
    {
      name: 'a source',
      condition: { Field: 'source-ip', Values: ['10.0.0.0/8'] },
      want: { Values: ['10.0.0.0/8'] },
    },
  ])('are kept as AWS tells them: $name', async ({ condition, want }) => {
    expect((await create([condition])).Conditions).toMatchObject([want]);
  });

  it.each([
    { name: 'none', conditions: [], want: 'at least one condition' },
    {
      name: 'no value',
      conditions: [path()],
      want: "A condition value must be specified for field 'path-pattern'",
    },
    {
      name: 'six values',
      conditions: [path('/1', '/2', '/3', '/4', '/5', '/6')],
      want: "A rule can only have '5' condition values",
    },
    {
      name: 'six wildcards',
      conditions: [path('/*/*/*', '/*/*/*')],
      want: "A rule can only have '5' condition wildcards",
    },
    {
      name: 'a field twice',
      conditions: [path('/1'), path('/2')],
      want: "A rule can only have one 'path-pattern' condition",
    },
    {
      name: 'a path of signs',
      conditions: [path('/<')],
      want: "The condition value '/<' is not valid for field 'path-pattern'",
    },
    {
      name: 'a path too long',
      conditions: [path(`/${'a'.repeat(128)}`)],
      want: "is not valid for field 'path-pattern'",
    },
    {
      name: 'no block',
      conditions: [{ Field: 'source-ip', Values: ['10.0.0.1'] }],
      want: "'10.0.0.1' is not valid for field 'source-ip'",
    },
    {
      name: 'a method in small letters',
      conditions: [{ Field: 'http-request-method', Values: ['get'] }],
      want: "'get' is not valid",
    },
    {
      name: 'the host as a header',
      conditions: [{ Field: 'http-header', HttpHeaderConfig: { HttpHeaderName: 'Host', Values: ['x'] } }],
      want: 'use a host-header condition',
    },
    {
      name: 'a query without a value',
      conditions: [{ Field: 'query-string', QueryStringConfig: { Values: [{ Key: 'a' }] } }],
      want: "for field 'query-string'",
    },
    {
      name: 'a field nobody has',
      conditions: [{ Field: 'moon', Values: ['full'] }],
      want: "Condition field 'moon' must be one of",
    },
    {
      name: 'a broken expression',
      conditions: [{ Field: 'path-pattern', RegexValues: ['('] }],
      want: "The condition value '(' is not valid",
    },
  ] as { name: string; conditions: RuleCondition[]; want: string }[])(
    'are refused: $name',
    async ({ conditions, want }) => {
      await expect(create(conditions)).rejects.toThrow(want);
    },
  );

  it('may name several headers', async () => {
    const header = (HttpHeaderName: string): RuleCondition => ({
      Field: 'http-header',
      HttpHeaderConfig: { HttpHeaderName, Values: ['a'] },
    });
    expect((await create([header('X-A'), header('X-B')])).Conditions).toHaveLength(2);
  });
});

describe('actions', () => {
  it('fill in what a redirect leaves as it is', async () => {
    const [action] =
      (
        await create(
          [path('/r')],
          [{ Type: 'redirect', RedirectConfig: { StatusCode: 'HTTP_301', Protocol: 'HTTPS' } }],
        )
      ).Actions ?? [];
    expect(action?.RedirectConfig).toEqual({
      StatusCode: 'HTTP_301',
      Protocol: 'HTTPS',
      Host: '#{host}',
      Port: '#{port}',
      Path: '/#{path}',
      Query: '#{query}',
    });
  });

  it.each([
    {
      name: 'a loop',
      action: { Type: 'redirect', RedirectConfig: { StatusCode: 'HTTP_302', Query: 'a' } },
      want: 'InvalidLoadBalancerActionException',
    },
    {
      name: 'a redirect by another code',
      action: { Type: 'redirect', RedirectConfig: { StatusCode: 'HTTP_307', Port: '1' } },
      want: 'ValidationError',
    },
    {
      name: 'a path without a slash',
      action: { Type: 'redirect', RedirectConfig: { StatusCode: 'HTTP_301', Path: 'a' } },
      want: 'ValidationError',
    },
    {
      name: 'an answer of 301',
      action: { Type: 'fixed-response', FixedResponseConfig: { StatusCode: '301' } },
      want: 'ValidationError',
    },
    {
      name: 'a content type',
      action: {
        Type: 'fixed-response',
        FixedResponseConfig: { StatusCode: '200', ContentType: 'image/png' },
      },
      want: 'ValidationError',
    },
    {
      name: 'a long body',
      action: {
        Type: 'fixed-response',
        FixedResponseConfig: { StatusCode: '200', MessageBody: 'x'.repeat(1025) },
      },
      want: 'ValidationError',
    },
  ])('are refused: $name', async ({ action, want }) => {
    await expect(create([path('/x')], [action as Action])).rejects.toMatchObject({ name: want });
  });

  it.each([
    { name: 'six groups', count: 6, weight: 1, sticky: undefined, want: 'TooManyTargetGroupsException' },
    { name: 'a weight of 1000', count: 1, weight: 1000, sticky: undefined, want: 'ValidationError' },
    {
      name: 'stickiness without end',
      count: 1,
      weight: 1,
      sticky: { Enabled: true },
      want: 'ValidationError',
    },
    {
      name: 'stickiness of eight days',
      count: 1,
      weight: 1,
      sticky: { Enabled: true, DurationSeconds: 691_200 },
      want: 'ValidationError',
    },
  ])('forward, and are refused $name', async ({ count, weight, sticky, want }) => {
    const TargetGroupArn = await world.group({ Protocol: 'HTTP' });
    const TargetGroups = Array.from({ length: count }, () => ({ TargetGroupArn, Weight: weight }));
    const ForwardConfig = { TargetGroups, ...(sticky && { TargetGroupStickinessConfig: sticky }) };
    await expect(create([path('/f')], [{ Type: 'forward', ForwardConfig }])).rejects.toMatchObject({
      name: want,
    });
  });
});

describe('priorities', () => {
  it('are between 1 and 50000, each once', async () => {
    await create([path('/p')], [fixed], 900);
    await expect(create([path('/p')], [fixed], 900)).rejects.toMatchObject({
      name: 'PriorityInUseException',
    });
    await expect(create([path('/p')], [fixed], 50_001)).rejects.toThrow(
      "'50001' must be between 1 and 50000",
    );
  });

  it('change places, but take nobody’s', async () => {
    const [{ RuleArn: one }, { RuleArn: two }] = [
      await create([path('/1')], [fixed], 910),
      await create([path('/2')], [fixed], 911),
    ];
    const set = (...pairs: [string | undefined, number][]) =>
      world.elb.setRulePriorities({
        RulePriorities: pairs.map(([RuleArn, Priority]) => ({ RuleArn, Priority })),
      });
    await set([one, 911], [two, 910]);
    await expect(set([one, 910])).rejects.toMatchObject({ name: 'PriorityInUseException' });
    await expect(set([one, 5], [two, 5])).rejects.toMatchObject({ name: 'PriorityInUseException' });
  });
});
