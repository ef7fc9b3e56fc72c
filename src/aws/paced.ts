import type { AwsClients } from './clients.ts';
import { type ThrottleLimit, throttleLimits } from './throttle-limits.ts';
import { type Time, type TokenBucket, tokenBucket } from './token-bucket.ts';

/** The buckets of one account and region, which all of its clients draw on. */
export interface Pace {
  ec2: Gate;
  elbv2: Gate;
}

/** Resolves when a call of the operation may go. */
type Gate = (operation: string) => Promise<void>;

/**
 * Half of what AWS allows: consoles, deployments and controllers draw on the same buckets, and a pass that waits costs
 * less than a deployment that is throttled.
 */
const defaultShare = 0.5;

export interface PaceOptions extends Time {
  /** Of AWS's limits, above 0 and at most 1. @default 0.5 */
  share?: number | undefined;
}

export function createPace(options: PaceOptions): Pace {
  return { ec2: gate(throttleLimits.ec2, options), elbv2: gate(throttleLimits.elbv2, options) };
}

function gate(limits: readonly ThrottleLimit[], { share = defaultShare, now, wait }: PaceOptions): Gate {
  const buckets = limits.map(({ covers, burst, perSecond }): { covers: RegExp; bucket: TokenBucket } => ({
    covers,
    bucket: tokenBucket({ burst: burst * share, perSecond: perSecond * share }, { now, wait }),
  }));
  return async (operation) => buckets.find(({ covers }) => covers.test(operation))?.bucket.take();
}

/** Has the clients wait before each call, and each attempt of one, until the pace allows it. */
export function paced({ ec2, elbv2 }: AwsClients, pace: Pace): AwsClients {
  hold(ec2, pace.ec2);
  hold(elbv2, pace.elbv2);
  return { ec2, elbv2 };
}

function hold(client: AwsClients['ec2'] | AwsClients['elbv2'], mayGo: Gate): void {
  // One of the two would do as well: the stacks differ in the types of their operations only.
  (client as AwsClients['ec2']).middlewareStack.addRelativeTo(waitFor(mayGo), {
    name: 'paceMiddleware',
    // Within the retries, as each counts for AWS; before the signature, which would grow old.
    relation: 'after',
    toMiddleware: 'retryMiddleware',
  });
}

function waitFor(mayGo: Gate) {
  return <Call, Result>(next: (call: Call) => Promise<Result>, context: { commandName?: string }) =>
    async (call: Call): Promise<Result> => {
      await mayGo(String(context.commandName).replace(/Command$/, ''));
      return next(call);
    };
}
