import type { Clock } from '../clock/clock.ts';

/** How many calls at once, and how many more each second. */
interface Bucket {
  burst: number;
  refill: number;
}

interface Rule {
  bucket: string;
  limits: Bucket;
  applies: (call: ThrottledCall) => boolean;
}

export interface ThrottledCall {
  service: string;
  action: string;
  input: unknown;
}

/**
 * AWS's token buckets of each account and region, the first that applies. Sources: "API request throttling" in the
 * guides of Elastic Load Balancing and of EC2.
 */
const rules: readonly Rule[] = [
  {
    bucket: 'elb targets',
    limits: { burst: 20, refill: 4 },
    applies: ({ service, action }) =>
      service === 'elasticloadbalancing' && /^(R|Der)egisterTargets$/.test(action),
  },
  {
    bucket: 'elb describe',
    limits: { burst: 40, refill: 10 },
    applies: ({ service, action }) => service === 'elasticloadbalancing' && action.startsWith('Describe'),
  },
  {
    bucket: 'elb mutating',
    limits: { burst: 20, refill: 3 },
    applies: ({ service }) => service === 'elasticloadbalancing',
  },
  {
    bucket: 'ec2 all interfaces',
    limits: { burst: 50, refill: 10 },
    applies: ({ service, action, input }) =>
      service === 'ec2' && action === 'DescribeNetworkInterfaces' && !isNarrowed(input),
  },
  {
    bucket: 'ec2 describe',
    limits: { burst: 100, refill: 20 },
    applies: ({ service, action }) => service === 'ec2' && action.startsWith('Describe'),
  },
  {
    bucket: 'ec2 ingress',
    limits: { burst: 50, refill: 5 },
    applies: ({ service, action }) =>
      service === 'ec2' && /^(Authorize|Revoke)SecurityGroupIngress$/.test(action),
  },
  {
    bucket: 'ec2 prefix lists',
    limits: { burst: 50, refill: 5 },
    applies: ({ service, action }) => service === 'ec2' && action === 'ModifyManagedPrefixList',
  },
];

function isNarrowed(input: unknown): boolean {
  const { Filters, MaxResults } = input as { Filters?: unknown[]; MaxResults?: number };
  return MaxResults !== undefined || (Filters !== undefined && Filters.length > 0);
}

/** The buckets of one account and region, full at first. */
export class ThrottleBuckets {
  readonly #clock: Clock;
  readonly #levels: Map<string, { tokens: number; at: number }> = new Map();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Takes a token for the call; false where the bucket is empty. A call that no bucket is for always passes. */
  take(call: ThrottledCall): boolean {
    const rule = rules.find(({ applies }) => applies(call));
    if (!rule) return true;
    const now = this.#clock.now();
    const { burst, refill } = rule.limits;
    const level = this.#levels.get(rule.bucket) ?? { tokens: burst, at: now };
    const tokens = Math.min(burst, level.tokens + ((now - level.at) / 1000) * refill);
    const allowed = tokens >= 1;
    this.#levels.set(rule.bucket, { tokens: allowed ? tokens - 1 : tokens, at: now });
    return allowed;
  }
}
