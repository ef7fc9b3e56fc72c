import type { ApiStage, QuotaSettings, ThrottleSettings } from '@aws-sdk/client-api-gateway';

/** Which stages the holders of some keys may use, how fast and how much. */
export interface UsagePlan {
  id: string;
  name: string;
  description: string | undefined;
  /** Each with limits of its own for single methods, by `/<resource path>/<method>`. */
  apiStages: ApiStage[];
  throttle: ThrottleSettings | undefined;
  quota: QuotaSettings | undefined;
  keyIds: Set<string>;
  tags: Map<string, string>;
}
