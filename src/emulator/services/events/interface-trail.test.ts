import { beforeEach, expect, test } from 'vitest';
import { type SteppedClock, steppedClock } from '../../clock/stepped-clock.ts';
import { testCell } from '../../cloudformation/testing/test-cell.ts';
import { execute } from '../../core/execute.ts';
import type { Call } from '../../core/service.ts';
import { type RecordingRunner, recordingRunner } from '../../testing/recording-runner.ts';
import { createTestFunction } from '../../testing/test-function.ts';
import type { LoadBalancer } from '../../world/load-balancing/load-balancer.ts';
import { elbv2 } from '../elbv2/index.ts';
import { lambda } from '../lambda/index.ts';
import { events } from './index.ts';

const seconds = 1000;
let clock: SteppedClock;
let runner: RecordingRunner;
let call: Call;
let alb: LoadBalancer;

beforeEach(async () => {
  clock = steppedClock();
  runner = recordingRunner();
  call = { cell: testCell(clock, runner), caller: 'arn:aws:iam::000000000000:root', requestId: 'test' };
  const Subnets = [...call.cell.network.subnets.keys()].slice(0, 2);
  const { LoadBalancers: [made] = [] } = await execute(
    elbv2,
    'CreateLoadBalancer',
    { Name: 'web', Scheme: 'internal', Subnets },
    call,
  );
  await clock.advance(60 * seconds);
  alb = call.cell.loadBalancing.loadBalancers.get(made?.LoadBalancerArn ?? '') as LoadBalancer;
});

async function watch(eventName: string): Promise<void> {
  const Arn = await createTestFunction(call, '');
  const pattern = {
    source: ['aws.ec2'],
    'detail-type': ['AWS API Call via CloudTrail'],
    detail: { eventName: [eventName], sourceIPAddress: ['elasticloadbalancing.amazonaws.com'] },
  };
  await execute(events, 'PutRule', { Name: 'moves', EventPattern: JSON.stringify(pattern) }, call);
  await execute(events, 'PutTargets', { Rule: 'moves', Targets: [{ Id: 'one', Arn }] }, call);
  const permission = {
    FunctionName: 'test',
    StatementId: 'events',
    Action: 'lambda:InvokeFunction',
    Principal: 'events.amazonaws.com',
  };
  await execute(lambda, 'AddPermission', permission, call);
  await clock.advance(1 * seconds);
}

const told = () => runner.invocations.map(({ payload }) => JSON.parse(payload));

test('tells of an interface that a load balancer makes, some seconds later', async () => {
  await watch('CreateNetworkInterface');
  call.cell.fleet.scale(alb, 3);
  await clock.advance(4 * seconds);
  expect(told()).toEqual([]);
  await clock.advance(1 * seconds);
  expect(told()).toMatchObject([
    {
      source: 'aws.ec2',
      detail: {
        eventSource: 'ec2.amazonaws.com',
        userIdentity: { invokedBy: 'elasticloadbalancing.amazonaws.com' },
        requestParameters: { description: `ELB ${alb.arn.split(':loadbalancer/')[1]}` },
        responseElements: { networkInterface: { networkInterfaceId: expect.stringMatching(/^eni-/) } },
      },
    },
  ]);
});

test('tells of one that is deleted by its id alone', async () => {
  await watch('DeleteNetworkInterface');
  call.cell.fleet.scale(alb, 1);
  const leaving = alb.nodes.find(({ phase }) => phase === 'leaving')?.interface.id;
  await clock.advance(310 * seconds);
  expect(told().map(({ detail }) => detail.requestParameters)).toEqual([{ networkInterfaceId: leaving }]);
});
