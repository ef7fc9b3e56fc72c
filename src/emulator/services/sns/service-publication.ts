import { AwsError } from '../../core/aws-error.ts';
import type { Cell } from '../../core/cell.ts';
import { findTopic } from './lookup.ts';
import { publish } from './publishing.ts';
import { permitsPublishing } from './topic-policy.ts';

interface ServicePublication {
  topicArn: string;
  /** The service that publishes: `cloudwatch.amazonaws.com`. */
  principal: string;
  /** What it publishes for: an alarm's ARN. */
  sourceArn: string;
  subject: string;
  message: string;
}

/**
 * Publishes for a service, which the topic's policy must permit.
 *
 * @throws AwsError `NotFound`, `AuthorizationError`, `InvalidParameter`
 */
export function publishForService(
  cell: Cell,
  { topicArn, subject, message, ...by }: ServicePublication,
): void {
  const topic = findTopic(cell, topicArn);
  if (!permitsPublishing(cell, topic, by)) {
    throw new AwsError(
      'AuthorizationError',
      `${by.principal} is not authorized to perform: SNS:Publish on resource: ${topicArn} because no resource-based policy allows the SNS:Publish action`,
      403,
    );
  }
  publish(cell, topic, { Message: message, Subject: printable(subject) });
}

/** Subjects are a short line of ASCII; services cut theirs. */
function printable(subject: string): string {
  return subject.replaceAll(/[^ -~]/g, '?').slice(0, 100);
}
