import { beforeEach, describe, expect, it } from 'vitest';
import { type SteppedClock, steppedClock } from '../clock/stepped-clock.ts';
import { testCell } from '../cloudformation/testing/test-cell.ts';
import { execute } from '../core/execute.ts';
import type { Call } from '../core/service.ts';
import { addBalancer } from '../data-plane/testing/world.ts';
import { events } from '../services/events/index.ts';
import { lambda } from '../services/lambda/index.ts';
import { sqs } from '../services/sqs/index.ts';
import { createTestFunction } from '../testing/test-function.ts';
import type { Runner } from '../world/functions/runner.ts';
import { accepts } from '../world/load-balancing/load-balancer.ts';
import type { FaultInput } from './fault.ts';

const minute = 60_000;
let clock: SteppedClock;
let call: Call;
/** When each invocation began, and those that were killed. */
let began: number[];
let killed: number;

const runner: Runner = {
  run(_cell, _version, _invocation, signal) {
    began.push(clock.now());
    const result = { payload: 'null', functionError: undefined, durationMs: 1, log: '' };
    if (!signal) return Promise.resolve(result);
    return new Promise((resolve) => {
      signal.addEventListener('abort', () => {
        killed++;
        resolve({ ...result, functionError: 'Unhandled' });
      });
    });
  },
  retire() {},
};

beforeEach(async () => {
  clock = steppedClock();
  const cell = testCell(clock, runner);
  call = { cell, caller: 'arn:aws:iam::000000000000:root', requestId: 'test' };
  [began, killed] = [[], 0];
  const functionArn = await createTestFunction(call, '');
  await clock.advance(1000);
  const permission = { FunctionName: 'test', StatementId: 'events', Action: 'lambda:InvokeFunction' };
  await execute(lambda, 'AddPermission', { ...permission, Principal: 'events.amazonaws.com' }, call);
  await execute(events, 'PutRule', { Name: 'tick', ScheduleExpression: 'rate(1 minute)' }, call);
  await execute(events, 'PutTargets', { Rule: 'tick', Targets: [{ Id: 'one', Arn: functionArn }] }, call);
  await clock.advance(minute);
});

const addFault = (fault: FaultInput) => call.cell.faults.add(fault);

/** How often the function begins in so many minutes. */
async function begunIn(minutes: number): Promise<number> {
  const before = began.length;
  await clock.advance(minutes * minute);
  return began.length - before;
}

describe('a schedule', () => {
  it('is missed so often, and fires again', async () => {
    addFault({ kind: 'missed-schedule', rule: 'ti*', count: 2 });
    expect([await begunIn(2), await begunIn(2)]).toEqual([0, 2]);
  });

  it('is late, without those after it', async () => {
    const [first = 0] = began;
    addFault({ kind: 'late-schedule', milliseconds: 20_000, count: 1 });
    await clock.advance(3 * minute);
    expect(began.map((at) => at - first)).toEqual([0, minute + 20_000, 2 * minute, 3 * minute]);
  });

  it('is not concerned by what is about other rules, or about queues', async () => {
    addFault({ kind: 'missed-schedule', rule: 'tock' });
    addFault({ kind: 'duplicate-event', queue: '*' });
    expect(await begunIn(3)).toBe(3);
  });

  it('reaches its targets twice', async () => {
    addFault({ kind: 'duplicate-event', rule: 'tick', count: 1 });
    expect(await begunIn(2)).toBe(3);
  });
});

describe('a message', () => {
  it('is received twice, and each copy is deleted by itself', async () => {
    const { QueueUrl } = await execute(sqs, 'CreateQueue', { QueueName: 'queue' }, call);
    await execute(sqs, 'SendMessage', { QueueUrl, MessageBody: 'once' }, call);
    addFault({ kind: 'duplicate-event', queue: 'queue' });
    const receive = async () => (await execute(sqs, 'ReceiveMessage', { QueueUrl }, call)).Messages ?? [];
    const [[first], [second], third] = [await receive(), await receive(), await receive()];
    expect(second).toMatchObject({ MessageId: first?.MessageId, Body: 'once' });
    expect(second?.ReceiptHandle).not.toBe(first?.ReceiptHandle);
    expect(third).toEqual([]);
    await execute(sqs, 'DeleteMessage', { QueueUrl, ReceiptHandle: first?.ReceiptHandle }, call);
    await clock.advance(minute);
    expect(await receive()).toHaveLength(1);
  });
});

describe('an invocation', () => {
  it('is killed in the middle, and by the time the next one is not', async () => {
    addFault({ kind: 'killed-function', function: 'test', milliseconds: 5_000, count: 1 });
    await clock.advance(minute);
    // Invoked asynchronously, it fails as any other does: Lambda tries again, after a minute at first.
    expect(killed).toBe(1);
    expect(await begunIn(2)).toBe(3);
    expect(killed).toBe(1);
  });

  it('is killed at one of its calls', async () => {
    addFault({ kind: 'killed-function', call: 2, afterEffect: true, count: 1 });
    const invoked = execute(lambda, 'Invoke', { FunctionName: 'test' }, call);
    await clock.advance(0);
    const { doomed } = call.cell.functions;
    expect(doomed.dueAt('other')).toEqual([]);
    expect(doomed.dueAt('test')).toEqual([]);
    const [death] = doomed.dueAt('test');
    expect(death?.afterEffect).toBe(true);
    death?.kill();
    expect((await invoked).FunctionError).toBe('Unhandled');
    expect(doomed.dueAt('test')).toEqual([]);
  });
});

describe('a host', () => {
  it('answers nobody for a time, or until the fault is taken back', async () => {
    const { hosts, faults } = call.cell;
    hosts.add({ address: '172.31.0.9', port: 80, forwardTo: { host: '127.0.0.1', port: 1 } });
    addFault({ kind: 'dead-node', address: '172.31.0.9', milliseconds: minute });
    expect(hosts.all.size).toBe(0);
    await clock.advance(minute);
    expect([hosts.all.size, faults.active.length]).toEqual([1, 0]);
    const { id } = addFault({ kind: 'dead-node', address: '172.31.0.9' });
    await clock.advance(10 * minute);
    expect(hosts.all.size).toBe(0);
    faults.remove(id);
    expect(hosts.all.size).toBe(1);
  });

  it('answers once the last of several faults is over', () => {
    const { hosts, faults } = call.cell;
    hosts.add({ address: '172.31.0.9', port: 80, forwardTo: { host: '127.0.0.1', port: 1 } });
    const [one, other] = [1, 2].map(() => addFault({ kind: 'dead-node', address: '172.31.0.9' }).id);
    faults.remove(one ?? '');
    expect(hosts.all.size).toBe(0);
    faults.remove(other ?? '');
    expect(hosts.all.size).toBe(1);
  });

  it('stays away if it has gone meanwhile', () => {
    const { hosts, faults } = call.cell;
    const host = { address: '172.31.0.9', port: 80, forwardTo: { host: '127.0.0.1', port: 1 } };
    hosts.add(host);
    addFault({ kind: 'dead-node', address: '172.31.0.9' });
    hosts.remove(host);
    faults.clear();
    expect(hosts.all.size).toBe(0);
  });
});

describe('a node', () => {
  it('answers once the last of several faults is over, and has lived on meanwhile', () => {
    const { faults } = call.cell;
    const [node] = addBalancer(call.cell, 'application', ['172.31.0.9']).nodes;
    const answers = () => node && accepts(node);
    const [one, other] = [1, 2].map(() => addFault({ kind: 'dead-node', address: '172.31.0.9' }).id);
    expect(answers()).toBe(false);
    faults.remove(one ?? '');
    expect(answers()).toBe(false);
    if (node) node.phase = 'leaving';
    faults.remove(other ?? '');
    expect([answers(), node?.phase]).toEqual([true, 'leaving']);
  });
});
