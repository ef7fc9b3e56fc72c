import type { CloudFormation, StackResource as ResourceDescription } from '@aws-sdk/client-cloudformation';
import { validationError } from '../../cloudformation/validation-error.ts';
import type { Cell } from '../../core/cell.ts';
import type { Operations } from '../../core/service.ts';
import type { Stack, StackResource } from '../../world/stacks/stack.ts';
import { findStack } from './lookup.ts';
import { pageOf } from './pages.ts';

export const stackResources: Operations<CloudFormation> = {
  DescribeStackResources({ StackName, PhysicalResourceId, LogicalResourceId }, { cell }) {
    const stack =
      PhysicalResourceId === undefined ? findStack(cell, StackName) : stackOf(cell, PhysicalResourceId);
    const matching = [...stack.resources.values()].filter(
      ({ logicalId }) => LogicalResourceId === undefined || logicalId === LogicalResourceId,
    );
    return { StackResources: matching.map((resource) => describe(stack, resource)) };
  },

  DescribeStackResource({ StackName, LogicalResourceId = '' }, { cell }) {
    const stack = findStack(cell, StackName);
    const resource = stack.resources.get(LogicalResourceId);
    if (!resource) {
      throw validationError(`Resource ${LogicalResourceId} does not exist for stack ${stack.name}`);
    }
    const { Timestamp, ...described } = describe(stack, resource);
    const { Metadata } = stack.definition.template.Resources[LogicalResourceId] ?? {};
    return {
      StackResourceDetail: {
        ...described,
        LastUpdatedTimestamp: Timestamp,
        Metadata: JSON.stringify(Metadata ?? {}),
      },
    };
  },

  ListStackResources({ StackName, NextToken }, { cell }) {
    const stack = findStack(cell, StackName);
    const { items, nextToken } = pageOf([...stack.resources.values()], NextToken);
    return {
      StackResourceSummaries: items.map((resource) => {
        const { StackId: _id, StackName: _name, Timestamp, ...described } = describe(stack, resource);
        return { ...described, LastUpdatedTimestamp: Timestamp };
      }),
      NextToken: nextToken,
    };
  },
};

function stackOf(cell: Cell, physicalId: string): Stack {
  const holder = cell.stacks
    .all()
    .find(({ resources }) => [...resources.values()].some((resource) => resource.physicalId === physicalId));
  if (!holder) throw validationError(`Stack for ${physicalId} does not exist`);
  return holder;
}

function describe(stack: Stack, resource: StackResource) {
  return {
    StackId: stack.id,
    StackName: stack.name,
    LogicalResourceId: resource.logicalId,
    PhysicalResourceId: resource.physicalId,
    ResourceType: resource.type,
    Timestamp: new Date(resource.updatedAt),
    ResourceStatus: resource.status,
    ResourceStatusReason: resource.reason,
    DriftInformation: { StackResourceDriftStatus: 'NOT_CHECKED' as const },
  } satisfies ResourceDescription;
}
