import type { MessageAttributeValue } from '@aws-sdk/client-sns';

export interface Topic {
  readonly name: string;
  readonly arn: string;
  /** Attributes as they were given: `DisplayName`, `Policy` and such. */
  attributes: Map<string, string>;
  tags: Map<string, string>;
  /** By ARN. */
  subscriptions: Map<string, Subscription>;
  /** How many were taken away again. */
  unsubscribed: number;
}

export interface Subscription {
  readonly arn: string;
  readonly topicArn: string;
  readonly protocol: string;
  readonly endpoint: string;
  readonly owner: string;
  /** Those that someone has to agree to by a message, which never leaves this machine, stay unconfirmed. */
  readonly confirmed: boolean;
  attributes: Map<string, string>;
}

/** A message on its way to subscribers. */
export interface Publication {
  id: string;
  topicArn: string;
  /** What everybody gets, unless there is another text for a protocol. */
  message: string;
  /** By protocol, `default` among them; for messages with the structure `json`. */
  byProtocol: Readonly<Record<string, string>> | undefined;
  subject: string | undefined;
  attributes: Readonly<Record<string, MessageAttributeValue>>;
  publishedAt: number;
}

/** SNS topics. */
export class Topics {
  /** By ARN. */
  readonly all: Map<string, Topic> = new Map();

  subscription(arn: string): Subscription | undefined {
    for (const { subscriptions } of this.all.values()) {
      const found = subscriptions.get(arn);
      if (found) return found;
    }
    return undefined;
  }
}
