import type { UnsuccessfulItem } from '@aws-sdk/client-ec2';

/** One thing of several that a call could do nothing about. */
export function unsuccessful(ResourceId: string, Code: string, Message: string): UnsuccessfulItem {
  return { ResourceId, Error: { Code, Message } };
}
