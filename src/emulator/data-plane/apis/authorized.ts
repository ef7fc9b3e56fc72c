import type { GatewayAnswer } from './gateway-answer.ts';

/** What is known of a client that may pass, or the answer to one that may not. */
export type Authorized =
  | { authorizer: Readonly<Record<string, unknown>> | undefined }
  | { refusal: GatewayAnswer };
