import type { CloudFormation, CreateChangeSetInput } from '@aws-sdk/client-cloudformation';
import { changesOf } from '../../cloudformation/changes.ts';
import { environmentOf } from '../../cloudformation/deployment/environment.ts';
import { startCreate, startUpdate } from '../../cloudformation/deployment/operation.ts';
import { recordStack } from '../../cloudformation/deployment/record.ts';
import type { ResourceProviders } from '../../cloudformation/resource-provider.ts';
import { validationError } from '../../cloudformation/validation-error.ts';
import { AwsError } from '../../core/aws-error.ts';
import type { Cell } from '../../core/cell.ts';
import { uuid } from '../../core/random.ts';
import type { Call, Operations } from '../../core/service.ts';
import type { ChangeSet, Stack, StackDefinition } from '../../world/stacks/stack.ts';
import { checkDeployable, checkUpdate, readDefinition } from './definition.ts';
import { describeChangeSet, summarizeChangeSet } from './describe-change-set.ts';
import { findChangeSet } from './find-change-set.ts';
import { findLiveStack, requireUpdatable } from './lookup.ts';
import { checkNewName, newStack } from './new-stack.ts';
import { newestFirst, pageOf } from './pages.ts';

export function changeSetOperations(providers: ResourceProviders): Operations<CloudFormation> {
  return {
    async CreateChangeSet(input, call) {
      const { cell } = call;
      const stack = stackFor(input, cell);
      const definition = readDefinition(input, cell, isNew(stack) ? undefined : stack.definition);
      const name = input.ChangeSetName ?? '';
      if (stack.changeSets.has(name))
        throw new AwsError('AlreadyExistsException', `ChangeSet ${name} already exists`);
      const changeSet = await newChangeSet(input, stack, definition, call, providers);
      if (!cell.stacks.byId.has(stack.id)) {
        cell.stacks.byId.set(stack.id, stack);
        recordStack(cell, stack, 'REVIEW_IN_PROGRESS', 'User Initiated');
      }
      stack.changeSets.set(name, changeSet);
      return { Id: changeSet.id, StackId: stack.id };
    },

    ExecuteChangeSet(input, call) {
      const { stack, changeSet } = findChangeSet(call.cell, input);
      if (changeSet.executionStatus !== 'AVAILABLE') {
        throw new AwsError(
          'InvalidChangeSetStatus',
          `ChangeSet [${changeSet.id}] cannot be executed in its current status of [${changeSet.status}]`,
        );
      }
      run(stack, changeSet, call, providers);
      return {};
    },

    DescribeChangeSet({ NextToken, ...input }, { cell }) {
      const { stack, changeSet } = findChangeSet(cell, input);
      const { items, nextToken } = pageOf(changeSet.changes, NextToken);
      return { ...describeChangeSet(stack, changeSet), Changes: items, NextToken: nextToken };
    },

    DeleteChangeSet(input, { cell }) {
      // Deleting what is not there succeeds, as long as its stack is known.
      const stack = input.StackName === undefined ? undefined : findLiveStack(cell, input.StackName);
      for (const { changeSets } of stack ? [stack] : cell.stacks.all()) {
        for (const { id, name } of changeSets.values()) {
          if (id === input.ChangeSetName || (stack && name === input.ChangeSetName)) changeSets.delete(name);
        }
      }
      return {};
    },

    ListChangeSets({ StackName, NextToken }, { cell }) {
      const stack = findLiveStack(cell, StackName);
      const { items, nextToken } = newestFirst([...stack.changeSets.values()], NextToken);
      return {
        Summaries: items.map((changeSet) => summarizeChangeSet(stack, changeSet)),
        NextToken: nextToken,
      };
    },
  };
}

/** The stack that is to be changed, or one that is only under review. */
function stackFor(
  { StackName = '', ChangeSetType: type = 'UPDATE', ...input }: CreateChangeSetInput,
  cell: Cell,
): Stack {
  const existing = cell.stacks.find(StackName);
  if (type === 'UPDATE') {
    const stack = findLiveStack(cell, StackName);
    requireUpdatable(stack);
    return stack;
  }
  if (type !== 'CREATE') throw validationError(`ChangeSetType ${type} is not supported by this local AWS`);
  if (existing && isNew(existing)) return existing;
  if (existing) {
    throw validationError(
      `Stack [${StackName}] already exists and cannot be created again with the changeSet [${input.ChangeSetName}].`,
    );
  }
  checkNewName(cell, StackName);
  return newStack(cell, StackName, readDefinition(input, cell));
}

function isNew({ status }: Stack): boolean {
  return status === 'REVIEW_IN_PROGRESS';
}

async function newChangeSet(
  input: CreateChangeSetInput,
  stack: Stack,
  definition: StackDefinition,
  call: Call,
  providers: ResourceProviders,
): Promise<ChangeSet> {
  const { cell } = call;
  const environment = await environmentOf(stack, definition, call);
  checkDeployable(definition, environment, providers);
  const failure = isNew(stack) ? undefined : unchanged(stack, definition);
  return {
    id: `arn:aws:cloudformation:${cell.region}:${cell.account}:changeSet/${input.ChangeSetName}/${uuid(cell.random)}`,
    name: input.ChangeSetName ?? '',
    description: input.Description,
    type: isNew(stack) ? 'CREATE' : 'UPDATE',
    definition,
    status: failure === undefined ? 'CREATE_COMPLETE' : 'FAILED',
    reason: failure,
    executionStatus: failure === undefined ? 'AVAILABLE' : 'UNAVAILABLE',
    createdAt: cell.clock.now(),
    changes: failure === undefined ? changesOf(stack, definition, environment, providers) : [],
    onFailure: input.OnStackFailure,
  };
}

/** Why a change set has nothing to do, where that is so. */
function unchanged(stack: Stack, definition: StackDefinition): string | undefined {
  try {
    checkUpdate(stack, definition);
    return undefined;
  } catch (error) {
    const reason = error instanceof AwsError ? error.message : String(error);
    return reason.startsWith('No updates')
      ? "The submitted information didn't contain changes. Submit different information to create a change set."
      : reason;
  }
}

function run(stack: Stack, changeSet: ChangeSet, call: Call, providers: ResourceProviders): void {
  const { definition, onFailure } = changeSet;
  const isCreation = isNew(stack);
  if (!isCreation) requireUpdatable(stack);
  if (onFailure !== undefined) stack.onFailure = onFailure;
  changeSet.executionStatus = 'EXECUTE_COMPLETE';
  stack.changeSetId = changeSet.id;
  // The others were made for what the stack no longer is.
  stack.changeSets = new Map([[changeSet.name, changeSet]]);
  if (isCreation) {
    stack.definition = definition;
    startCreate({ stack, call, providers });
  } else {
    startUpdate({ stack, call, providers }, definition);
  }
}
