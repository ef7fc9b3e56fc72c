import type { CloudFormation, CreateStackInput, OnFailure } from '@aws-sdk/client-cloudformation';
import { environmentOf } from '../../cloudformation/deployment/environment.ts';
import { startCreate, startDelete, startUpdate } from '../../cloudformation/deployment/operation.ts';
import type { ResourceProviders } from '../../cloudformation/resource-provider.ts';
import { validationError } from '../../cloudformation/validation-error.ts';
import type { Operations } from '../../core/service.ts';
import type { Stack } from '../../world/stacks/stack.ts';
import { checkDeployable, checkUpdate, readDefinition } from './definition.ts';
import { describeStack, summarizeStack } from './describe-stack.ts';
import { findLiveStack, findStack, requireUpdatable } from './lookup.ts';
import { checkNewName, newStack } from './new-stack.ts';
import { newestFirst } from './pages.ts';

export function stackOperations(providers: ResourceProviders): Operations<CloudFormation> {
  return {
    async CreateStack(input, call) {
      const { cell } = call;
      const stack = newStack(cell, input.StackName ?? '', readDefinition(input, cell), {
        onFailure: onFailureOf(input),
        timeoutMinutes: input.TimeoutInMinutes,
        terminationProtection: input.EnableTerminationProtection ?? false,
      });
      checkDeployable(stack.definition, await environmentOf(stack, stack.definition, call), providers);
      checkNewName(cell, stack.name);
      cell.stacks.byId.set(stack.id, stack);
      startCreate({ stack, call, providers });
      return { StackId: stack.id };
    },

    async UpdateStack(input, call) {
      const stack = findLiveStack(call.cell, input.StackName);
      requireUpdatable(stack);
      const definition = readDefinition(input, call.cell, stack.definition);
      checkUpdate(stack, definition);
      checkDeployable(definition, await environmentOf(stack, definition, call), providers);
      requireUpdatable(stack);
      startUpdate({ stack, call, providers }, definition);
      return { StackId: stack.id };
    },

    CancelUpdateStack({ StackName }, { cell }) {
      const stack = findLiveStack(cell, StackName);
      if (stack.status !== 'UPDATE_IN_PROGRESS') {
        throw validationError('CancelUpdateStack cannot be called from current stack status');
      }
      stack.operation?.cancellation.abort('failure');
      return {};
    },

    DeleteStack({ StackName, RetainResources = [] }, call) {
      const stack = call.cell.stacks.find(StackName ?? '');
      if (!stack || stack.status === 'DELETE_COMPLETE' || stack.status === 'DELETE_IN_PROGRESS') return {};
      checkDeletable(stack);
      startDelete({ stack, call, providers }, RetainResources);
      return {};
    },

    DescribeStacks({ StackName, NextToken }, { cell }) {
      if (StackName !== undefined) return { Stacks: [describeStack(findStack(cell, StackName))] };
      const { items, nextToken } = newestFirst(cell.stacks.all(), NextToken);
      return { Stacks: items.map(describeStack), NextToken: nextToken };
    },

    ListStacks({ StackStatusFilter: statuses = [], NextToken }, { cell }) {
      const matching = [...cell.stacks.byId.values()].filter(
        ({ status }) => statuses.length === 0 || statuses.includes(status),
      );
      const { items, nextToken } = newestFirst(matching, NextToken);
      return { StackSummaries: items.map(summarizeStack), NextToken: nextToken };
    },

    UpdateTerminationProtection({ StackName, EnableTerminationProtection }, { cell }) {
      const stack = findLiveStack(cell, StackName);
      stack.terminationProtection = EnableTerminationProtection ?? false;
      return { StackId: stack.id };
    },
  };
}

function onFailureOf({ DisableRollback, OnFailure: onFailure }: CreateStackInput): OnFailure {
  if (DisableRollback !== undefined && onFailure !== undefined) {
    throw validationError('You can specify either DisableRollback or OnFailure, but not both.');
  }
  return onFailure ?? (DisableRollback ? 'DO_NOTHING' : 'ROLLBACK');
}

function checkDeletable({ id, name, status, terminationProtection }: Stack): void {
  if (terminationProtection) {
    throw validationError(`Stack [${name}] cannot be deleted while TerminationProtection is enabled`);
  }
  if (status.startsWith('UPDATE_') && status.endsWith('_IN_PROGRESS')) {
    throw validationError(`Stack [${id}] cannot be deleted while in status ${status}`);
  }
}
