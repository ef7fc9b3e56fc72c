import type { Action } from '@aws-sdk/client-elastic-load-balancing-v2';
import { expect, it } from 'vitest';
import { steppedClock } from '../../clock/stepped-clock.ts';
import { addTargetGroup, emptyCell } from '../testing/world.ts';
import { chooseRoute, chooseTargetGroup, lastAction } from './forwarding.ts';

const cell = emptyCell(steppedClock());
const [blue, green] = [addTargetGroup(cell, ['10.0.0.1', '10.0.0.2']), addTargetGroup(cell, [])];
const groups = cell.loadBalancing.targetGroups;

it.each([
  { name: 'the first share', random: 0, want: blue },
  { name: 'the end of the first share', random: 0.74, want: blue },
  { name: 'the second share', random: 0.76, want: green },
])('chooses by weight: $name', ({ random, want }) => {
  const tuples = [
    { TargetGroupArn: blue.arn, Weight: 3 },
    { TargetGroupArn: green.arn, Weight: 1 },
  ];
  const action = { Type: 'forward', ForwardConfig: { TargetGroups: tuples } } as const;
  expect(chooseTargetGroup(groups, action, () => random)).toBe(want);
});

it('chooses no group where all weigh nothing', () => {
  const action: Action = {
    Type: 'forward',
    ForwardConfig: { TargetGroups: [{ TargetGroupArn: blue.arn, Weight: 0 }] },
  };
  expect(chooseTargetGroup(groups, action, () => 0)).toBeUndefined();
});

it('chooses among the targets, and none where there are none', () => {
  expect(chooseRoute(cell, blue, () => 0.9)?.place.address).toBe('10.0.0.2');
  expect(chooseRoute(cell, green, () => 0.9)).toBeUndefined();
});

it('takes the action of the highest order for the one that answers', () => {
  const actions = [
    { Type: 'fixed-response', Order: 2 },
    { Type: 'authenticate-oidc', Order: 1 },
  ] as const;
  expect(lastAction(actions)?.Type).toBe('fixed-response');
});
