import type { ChangeSetSummary, DescribeChangeSetOutput } from '@aws-sdk/client-cloudformation';
import type { ChangeSet, Stack } from '../../world/stacks/stack.ts';
import { describeParameters } from './describe-stack.ts';

export function describeChangeSet(stack: Stack, changeSet: ChangeSet): DescribeChangeSetOutput {
  const { definition } = changeSet;
  return {
    ...summarizeChangeSet(stack, changeSet),
    Parameters: describeParameters(definition),
    Capabilities: [...definition.capabilities],
    NotificationARNs: [...definition.notificationArns],
    Tags: [...definition.tags],
    RollbackConfiguration: {},
    OnStackFailure: changeSet.onFailure as DescribeChangeSetOutput['OnStackFailure'],
  };
}

export function summarizeChangeSet(stack: Stack, changeSet: ChangeSet): ChangeSetSummary {
  return {
    ChangeSetId: changeSet.id,
    ChangeSetName: changeSet.name,
    Description: changeSet.description,
    StackId: stack.id,
    StackName: stack.name,
    CreationTime: new Date(changeSet.createdAt),
    Status: changeSet.status,
    StatusReason: changeSet.reason,
    ExecutionStatus: changeSet.executionStatus,
  };
}
