import { AwsError } from '../../core/aws-error.ts';
import type { Cell } from '../../core/cell.ts';
import { parsePolicyDocument } from '../../world/identity/policy-document.ts';
import { letsService } from '../../world/identity/service-access.ts';
import type { Topic } from '../../world/topics/topics.ts';
import { invalidParameter } from './lookup.ts';

/** What SNS gives a topic that has no policy of its own: its owner's services and principals may use it. */
export function defaultPolicy({ account }: Cell, arn: string): string {
  const actions = [
    'GetTopicAttributes',
    'SetTopicAttributes',
    'AddPermission',
    'RemovePermission',
    'DeleteTopic',
    'Subscribe',
    'ListSubscriptionsByTopic',
    'Publish',
  ];
  return JSON.stringify({
    Version: '2008-10-17',
    Id: '__default_policy_ID',
    Statement: [
      {
        Sid: '__default_statement_ID',
        Effect: 'Allow',
        Principal: { AWS: '*' },
        Action: actions.map((action) => `SNS:${action}`),
        Resource: arn,
        Condition: { StringEquals: { 'AWS:SourceOwner': account } },
      },
    ],
  });
}

/** @throws AwsError `InvalidParameter` */
export function checkPolicy(text: string): void {
  try {
    parsePolicyDocument(text, 'resource');
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    throw invalidParameter(`Policy Error: ${error.message}`);
  }
}

/** Whether a topic's policy lets a service publish to it. */
export function permitsPublishing(
  { account }: Cell,
  topic: Topic,
  { principal, sourceArn }: { principal: string; sourceArn: string },
): boolean {
  const statements = parsePolicyDocument(topic.attributes.get('Policy') ?? '', 'resource');
  const access = { principal, sourceArn, sourceAccount: account, action: 'sns:Publish', resource: topic.arn };
  return letsService(statements, access, { 'aws:SourceOwner': account });
}
