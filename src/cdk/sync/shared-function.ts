import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { SyncFunction } from './sync-function.ts';
import type { SyncFunctionOptions } from './sync-function-options.ts';

const functions = new WeakMap<Stack, Map<string, SyncFunction>>();

/** The stack's function of the same settings; made for the first that asks. */
export function sharedFunction(scope: Construct, options: SyncFunctionOptions): SyncFunction {
  const stack = Stack.of(scope);
  const made = functions.get(stack) ?? new Map<string, SyncFunction>();
  functions.set(stack, made);
  const key = keyOf(options);
  const found = made.get(key) ?? new SyncFunction(stack, freeId(stack, idOf(options)), options);
  made.set(key, found);
  return found;
}

/** Tells by its settings what a function is for: ids that count would change places with the constructs. */
function idOf({ every, events, vpc }: SyncFunctionOptions): string {
  const seconds = every?.toMilliseconds() ?? 60_000;
  return [
    'Albridge',
    ...(seconds === 60_000 ? [] : [`Every${seconds / 1000}Seconds`]),
    ...(events === true ? ['Events'] : []),
    ...(vpc ? [`In${vpc.node.id}`] : []),
    'Sync',
  ].join('');
}

function freeId(stack: Stack, id: string): string {
  let free = id;
  for (let count = 2; stack.node.tryFindChild(free); count++) free = `${id}${count}`;
  return free;
}

function keyOf(options: SyncFunctionOptions): string {
  const { every, events = false, logRetention, reservedConcurrentExecutions, vpc } = options;
  return JSON.stringify([
    every?.toMilliseconds() ?? 60_000,
    events,
    logRetention,
    reservedConcurrentExecutions,
    options.roleName,
    vpc?.node.addr,
    vpc?.selectSubnets(options.vpcSubnets).subnets.map(({ node }) => node.addr),
    options.securityGroups?.map(({ node }) => node.addr),
    ...[options.syncCode, options.dispatchCode].map((code) => code && numberOf(code)),
  ]);
}

const numbers = new WeakMap<object, number>();
let last = 0;

/** Tells objects apart that have no id. */
function numberOf(object: object): number {
  const number = numbers.get(object) ?? ++last;
  numbers.set(object, number);
  return number;
}
