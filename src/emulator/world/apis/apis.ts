import type { Clock } from '../../clock/clock.ts';
import { alphanumeric, type Random } from '../../core/random.ts';
import type { ApiKey } from './api-key.ts';
import { AuthorizerCache } from './authorizer-cache.ts';
import type { Connection } from './connection.ts';
import type { HttpApi } from './http-api.ts';
import type { PrivateLink } from './private-link.ts';
import { QuotaUsage } from './quota-usage.ts';
import type { RestApi } from './rest-api.ts';
import { TokenBuckets } from './token-buckets.ts';
import type { UsagePlan } from './usage-plan.ts';
import type { VpcLink } from './vpc-link.ts';

/** APIs and VPC links of an account and region, and who may use them how much; each map is keyed by id. */
export class Apis {
  readonly restApis: Map<string, RestApi> = new Map();
  readonly httpApis: Map<string, HttpApi> = new Map();
  /** Clients of WebSocket APIs that are connected. */
  readonly connections: Map<string, Connection> = new Map();
  readonly vpcLinks: Map<string, VpcLink> = new Map();
  readonly privateLinks: Map<string, PrivateLink> = new Map();
  readonly apiKeys: Map<string, ApiKey> = new Map();
  readonly usagePlans: Map<string, UsagePlan> = new Map();
  readonly throttles: TokenBuckets;
  readonly quotaUsage: QuotaUsage;
  readonly authorizerCache: AuthorizerCache;
  /** The role that lets API Gateway write logs: a setting of the account. */
  cloudwatchRoleArn: string | undefined;
  readonly #random: Random;

  constructor(random: Random, clock: Clock) {
    this.#random = random;
    this.throttles = new TokenBuckets(clock);
    this.quotaUsage = new QuotaUsage(clock);
    this.authorizerCache = new AuthorizerCache(clock);
  }

  /** A new id, as long as AWS makes them: ten characters for an API, six for what is in one. */
  newId(length = 6): string {
    return alphanumeric(this.#random, length);
  }
}
