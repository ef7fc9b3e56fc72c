import { DescribeTargetHealthCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { AwsClients } from '../../aws/clients.ts';
import { AlbridgeError, messageOf } from '../../engine/errors.ts';
import { mayPass } from './load-balancer-addresses.ts';
import type { Wait } from './wait.ts';

export interface AwaitHealthyTargetsOptions {
  clients: AwsClients;
  targetGroupArn: string;
  /** How long to wait for the targets, in milliseconds. */
  patience: number;
  wait: Wait;
}

const firstPause = 1_000;
const longestPause = 10_000;

/**
 * How many targets of the group are healthy, once one is and none is still on its way; throws, saying what it saw, when
 * patience ends.
 */
export async function awaitHealthyTargets(options: AwaitHealthyTargetsOptions): Promise<number> {
  let pause = firstPause;
  for (let waited = 0; ; waited += pause) {
    const states = await read(options);
    const healthy = states.filter((state) => state === 'healthy').length;
    if (healthy > 0 && !states.includes('initial')) return healthy;
    if (waited >= options.patience) throw notReady(options, states);
    pause = Math.min(pause * 1.5, longestPause, options.patience - waited);
    await options.wait(pause);
  }
}

async function read({ clients, targetGroupArn }: AwaitHealthyTargetsOptions): Promise<string[]> {
  try {
    const command = new DescribeTargetHealthCommand({ TargetGroupArn: targetGroupArn });
    const { TargetHealthDescriptions = [] } = await clients.elbv2.send(command);
    return TargetHealthDescriptions.map(({ TargetHealth }) => TargetHealth?.State ?? 'unknown');
  } catch (error) {
    if (mayPass(error)) return [messageOf(error)];
    throw error;
  }
}

function notReady(
  { patience, targetGroupArn }: AwaitHealthyTargetsOptions,
  states: readonly string[],
): AlbridgeError {
  const seen = states.length > 0 ? states.join(', ') : 'no target is registered';
  const message =
    `no healthy target in '${targetGroupArn}' after ${Math.round(patience / 1_000)} s (${seen}); look at the log of ` +
    'the sync function, and at the listener and the security group of the alb';
  return new AlbridgeError('source-unknown', message);
}
