import type { Parameter, Stack as StackDescription, StackSummary } from '@aws-sdk/client-cloudformation';
import type { Stack, StackDefinition } from '../../world/stacks/stack.ts';

export function describeStack(stack: Stack): StackDescription {
  const { definition } = stack;
  return {
    StackId: stack.id,
    StackName: stack.name,
    ChangeSetId: stack.changeSetId,
    Description: definition.template.Description,
    Parameters: describeParameters(definition),
    CreationTime: new Date(stack.createdAt),
    LastUpdatedTime: dateOf(stack.updatedAt),
    DeletionTime: dateOf(stack.deletedAt),
    RollbackConfiguration: {},
    StackStatus: stack.status,
    StackStatusReason: stack.reason,
    DisableRollback: stack.onFailure === 'DO_NOTHING',
    NotificationARNs: [...definition.notificationArns],
    TimeoutInMinutes: stack.timeoutMinutes,
    Capabilities: [...definition.capabilities],
    RoleARN: definition.roleArn,
    Outputs: [...stack.outputs],
    Tags: [...definition.tags],
    EnableTerminationProtection: stack.terminationProtection,
    DriftInformation: { StackDriftStatus: 'NOT_CHECKED' },
  };
}

export function summarizeStack(stack: Stack): StackSummary {
  return {
    StackId: stack.id,
    StackName: stack.name,
    TemplateDescription: stack.definition.template.Description,
    CreationTime: new Date(stack.createdAt),
    LastUpdatedTime: dateOf(stack.updatedAt),
    DeletionTime: dateOf(stack.deletedAt),
    StackStatus: stack.status,
    StackStatusReason: stack.reason,
    DriftInformation: { StackDriftStatus: 'NOT_CHECKED' },
  };
}

/** Values marked `NoEcho` are masked. */
export function describeParameters({ parameters }: StackDefinition): Parameter[] {
  return [...parameters].map(([ParameterKey, { text, noEcho, stored }]) => ({
    ParameterKey,
    ParameterValue: noEcho ? '****' : text,
    ...(stored === undefined || noEcho ? {} : { ResolvedValue: stored }),
  }));
}

function dateOf(milliseconds: number | undefined): Date | undefined {
  return milliseconds === undefined ? undefined : new Date(milliseconds);
}
