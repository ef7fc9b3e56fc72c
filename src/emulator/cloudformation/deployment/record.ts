import type { ResourceStatus, StackEvent, StackStatus } from '@aws-sdk/client-cloudformation';
import type { Cell } from '../../core/cell.ts';
import { uuid } from '../../core/random.ts';
import type { Stack, StackResource } from '../../world/stacks/stack.ts';

/** Gives a stack its next status, and tells it in an event. */
export function recordStack(cell: Cell, stack: Stack, status: StackStatus, reason?: string): void {
  stack.status = status;
  stack.reason = reason;
  if (status === 'DELETE_COMPLETE') stack.deletedAt = cell.clock.now();
  addEvent(cell, stack, {
    EventId: uuid(cell.random),
    LogicalResourceId: stack.name,
    PhysicalResourceId: stack.id,
    ResourceType: 'AWS::CloudFormation::Stack',
    ResourceStatus: status as ResourceStatus,
    ResourceStatusReason: reason,
  });
}

/** Gives a resource its next status, and tells it in an event. */
export function recordResource(
  cell: Cell,
  stack: Stack,
  resource: StackResource,
  status: ResourceStatus,
  reason?: string,
): void {
  resource.status = status;
  resource.reason = reason;
  resource.updatedAt = cell.clock.now();
  addEvent(cell, stack, {
    EventId: `${resource.logicalId}-${status}-${new Date(resource.updatedAt).toISOString()}`,
    LogicalResourceId: resource.logicalId,
    PhysicalResourceId: resource.physicalId ?? '',
    ResourceType: resource.type,
    ResourceStatus: status,
    ResourceStatusReason: reason,
    ResourceProperties: JSON.stringify(resource.properties),
  });
}

/** Clients put events in order by their time, so that no two of a stack share one. */
function later({ events }: Stack, now: number): number {
  return Math.max(now, (events.at(-1)?.Timestamp?.getTime() ?? 0) + 1);
}

function addEvent(
  cell: Cell,
  stack: Stack,
  event: Omit<StackEvent, 'StackId' | 'StackName' | 'Timestamp' | 'EventId'> & { EventId: string },
): void {
  // Two events of one resource can share a status and a millisecond; an id must name one of them.
  const isKnown = stack.events.some(({ EventId }) => EventId === event.EventId);
  stack.events.push({
    ...event,
    EventId: isKnown ? `${event.EventId}-${stack.events.length}` : event.EventId,
    StackId: stack.id,
    StackName: stack.name,
    Timestamp: new Date(later(stack, cell.clock.now())),
  });
  cell.stacks.changes.announce();
}
