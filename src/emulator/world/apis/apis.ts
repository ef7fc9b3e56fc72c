import { alphanumeric, type Random } from '../../core/random.ts';
import type { RestApi } from './rest-api.ts';
import type { VpcLink } from './vpc-link.ts';

/** REST APIs and VPC links of an account and region; each map is keyed by id. */
export class Apis {
  readonly restApis: Map<string, RestApi> = new Map();
  readonly vpcLinks: Map<string, VpcLink> = new Map();
  /** The role that lets API Gateway write logs: a setting of the account. */
  cloudwatchRoleArn: string | undefined;
  readonly #random: Random;

  constructor(random: Random) {
    this.#random = random;
  }

  /** A new id, as long as AWS makes them: ten characters for an API, six for what is in one. */
  newId(length = 6): string {
    return alphanumeric(this.#random, length);
  }
}
