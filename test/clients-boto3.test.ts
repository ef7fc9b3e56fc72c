import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Emulator, scaledClock, startEmulator } from '../src/emulator/index.ts';
import { isInstalled, runClient } from './foreign-client.ts';

const hasBoto3 = isInstalled('boto3', 'python3', '-c', 'import boto3');
const timeScale = 60;
const script = fileURLToPath(new URL('boto3-calls.py', import.meta.url));

/** What the script prints: the answer, or the class of the error, of each of its calls. */
type Answers = Record<string, unknown>;

describe.skipIf(!hasBoto3)('boto3', () => {
  const clock = scaledClock(timeScale);
  let local: Emulator;
  let answers: Answers;

  // One process for all: to start it and to load the models takes longer than the calls.
  beforeAll(async () => {
    local = await startEmulator({ port: 0, clock, seed: 1, dataPlane: { apiPort: 0 } });
    const env = { API_ENDPOINT: local.servers.apis ?? '' };
    const output = await runClient(local.endpoint, 'python3', [script], { timeScale, env });
    answers = JSON.parse(output) as Answers;
  });
  afterAll(async () => {
    await local.close();
    clock.close();
  });

  const calls: { name: string; want: unknown }[] = [
    { name: 'pages of describe_network_interfaces', want: [5, 5, 2] },
    { name: 'pages of describe_target_groups', want: [1, 1, 1] },
    { name: 'pages of describe_load_balancers', want: ['application', 'network'] },
    { name: 'pages of list_stacks', want: ['DELETE_COMPLETE'] },
    { name: 'pages of describe_stack_events', want: ['DELETE_COMPLETE', 'CREATE_IN_PROGRESS'] },
    { name: 'pages of list_objects_v2', want: ['a', 'b', 'c'] },
    { name: 'pages of list_object_versions', want: ['a', 'a', 'b', 'c'] },
    { name: 'pages of get_parameters_by_path', want: ['/app/a', '/app/b', '/app/c'] },
    { name: 'pages of describe_auto_scaling_groups', want: ['one', 'three', 'two'] },
    { name: 'pages of describe_launch_template_versions', want: ['t4g.nano', 't4g.micro', 't4g.small'] },
    { name: 'waiter load_balancer_available', want: ['active', 'active'] },
    { name: 'waiter target_in_service', want: ['healthy'] },
    { name: 'waiter target_deregistered', want: [] },
    { name: 'waiter stack_create_complete', want: 'CREATE_COMPLETE' },
    { name: 'waiter stack_update_complete', want: 'UPDATE_COMPLETE' },
    { name: 'waiter stack_delete_complete', want: 'DELETE_COMPLETE' },
    { name: 'waiter change_set_create_complete', want: 'CREATE_COMPLETE' },
    { name: 'waiter function_active_v2', want: 'Active' },
    { name: 'waiter bucket_exists', want: 200 },
    { name: 'waiter load_balancers_deleted', want: [] },
    { name: 'waiter instance_terminated', want: 'terminated' },
    { name: 'error of an unknown target group', want: 'TargetGroupNotFoundException' },
    { name: 'error of an unknown load balancer', want: 'LoadBalancerNotFoundException' },
    { name: 'error of a name that is taken', want: 'DuplicateTargetGroupNameException' },
    { name: 'error of a group in use', want: 'ResourceInUseException' },
    { name: 'error of an unknown parameter', want: 'ParameterNotFound' },
    { name: 'error of an unknown function', want: 'ResourceNotFoundException' },
    { name: 'error of an unknown change set', want: 'ChangeSetNotFoundException' },
    { name: 'error of an unknown queue', want: 'QueueDoesNotExist' },
    { name: 'error of an unknown role', want: 'NoSuchEntityException' },
    { name: 'error of an unknown object', want: 'NoSuchKey' },
    { name: 'error of a connection that is gone', want: 'GoneException' },
    { name: 'error of a group that is there', want: 'AlreadyExistsFault' },
    { name: 'error of a group with instances', want: 'ResourceInUseFault' },
    { name: 'code of an unknown group', want: 'ValidationError' },
    { name: 'pages of list_metrics', want: [500, 51] },
    {
      name: 'pages of get_metric_data',
      want: [
        ['count', 300],
        ['p90', 270],
      ],
    },
    { name: 'waiter alarm_exists', want: 1.5 },
    { name: 'waiter composite_alarm_exists', want: 'ALARM(one) AND ALARM(two)' },
    { name: 'pages of describe_alarms', want: [['one'], ['two']] },
    {
      name: 'pages of describe_alarm_history',
      want: expect.stringMatching(/^Alarm updated from \w+ to \w+$/),
    },
    { name: 'pages of list_dashboards', want: ['board'] },
    { name: 'pages of list_topics', want: ['arn:aws:sns:us-east-1:000000000000:news'] },
    { name: 'error of an unknown alarm', want: 'ResourceNotFound' },
    { name: 'error of an unknown dashboard', want: 'ResourceNotFound' },
    { name: 'error of an unknown topic', want: 'NotFoundException' },
    { name: 'code of a period that cannot be', want: 'ValidationError' },
    { name: 'code of an unknown VPC', want: 'InvalidVpcID.NotFound' },
    { name: 'code of a stack that is not there', want: 'ValidationError' },
  ];
  it.each(calls)('$name', ({ name, want }) => {
    expect(answers[name]).toEqual(want);
  });

  it('makes no call that is not looked at', () => {
    expect(Object.keys(answers).sort()).toEqual(calls.map(({ name }) => name).sort());
    expect(readFileSync(script, 'utf8')).not.toMatch(/except Exception/);
  });
});
