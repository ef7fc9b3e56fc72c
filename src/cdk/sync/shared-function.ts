import { createHash } from 'node:crypto';
import { Stack, Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { SyncFunction } from './sync-function.ts';
import type { SyncFunctionOptions } from './sync-function-options.ts';

const functions = new WeakMap<Stack, Map<string, SyncFunction>>();

/**
 * The stack's function of the same settings; made for the first that asks.
 *
 * @throws Error if another one, of other settings, has the same role name
 */
export function sharedFunction(scope: Construct, options: SyncFunctionOptions): SyncFunction {
  const stack = Stack.of(scope);
  const made = functions.get(stack) ?? new Map<string, SyncFunction>();
  functions.set(stack, made);
  const key = keyOf(options);
  const found = made.get(key) ?? new SyncFunction(stack, ownId(stack, options), options);
  made.set(key, found);
  return found;
}

/**
 * A function whose role has a name is the same one whatever else is set: made anew, its role would want a name that the
 * former one still has.
 */
function ownId(stack: Stack, options: SyncFunctionOptions): string {
  const { roleName } = options;
  if (roleName === undefined) return freeId(stack, idOf(options));
  const id = `AlbridgeAs${nameOf(stack, roleName)}Sync`;
  if (stack.node.tryFindChild(id)) {
    throw new Error(
      `roleName must be the name of one role, got '${roleName}' for two functions, as what shares it differs in every, events or another setting: set all alike, or give two names`,
    );
  }
  return id;
}

/** A name that is known only at deployment stands by what it is made of. */
function nameOf(stack: Stack, roleName: string): string {
  if (!Token.isUnresolved(roleName)) return roleName;
  const made = JSON.stringify(stack.resolve(roleName));
  return createHash('sha256').update(made).digest('hex').slice(0, 8);
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
