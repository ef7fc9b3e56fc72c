import type { CloudFormation, CreateStackInput } from '@aws-sdk/client-cloudformation';
import { type SteppedClock, steppedClock } from '../../clock/stepped-clock.ts';
import type { Cell } from '../../core/cell.ts';
import { execute } from '../../core/execute.ts';
import type { Call, Operations, Service } from '../../core/service.ts';
import { cloudFormationService } from '../../services/cloudformation/service.ts';
import type { Stack } from '../../world/stacks/stack.ts';
import type { ResourceProviders } from '../resource-provider.ts';
import type { ResourceDefinition } from '../template/template.ts';
import { account, testCell } from './test-cell.ts';

/** CloudFormation over given types of resources, with a stack named `app` to work on. */
export interface StackDriver {
  clock: SteppedClock;
  cell: Cell;
  call: Call;
  service: Service<Operations<CloudFormation>>;
  create(template: object, options?: Partial<CreateStackInput>): Promise<void>;
  update(template: object): Promise<void>;
  remove(options?: { RetainResources?: string[] }): Promise<void>;
  /** Each event as `logical id status: reason`; the newest last. */
  events(): string[];
  stack(): Stack;
}

export function stackDriver(
  providers: ResourceProviders,
  made: { cell: Cell; clock: SteppedClock } = world(),
): StackDriver {
  const { cell, clock } = made;
  const call = { cell, caller: `arn:aws:iam::${account}:root`, requestId: 'test' };
  const service = cloudFormationService(providers);
  const stack = (): Stack => [...cell.stacks.byId.values()].at(-1) as Stack;
  const settled = (): Promise<void> => clock.advance(0);
  return {
    clock,
    cell,
    call,
    service,
    stack,
    async create(template, options = {}) {
      await execute(
        service,
        'CreateStack',
        { StackName: 'app', TemplateBody: JSON.stringify(template), ...options },
        call,
      );
      await settled();
    },
    async update(template) {
      await execute(
        service,
        'UpdateStack',
        { StackName: 'app', TemplateBody: JSON.stringify(template) },
        call,
      );
      await settled();
    },
    async remove(options = {}) {
      await execute(service, 'DeleteStack', { StackName: 'app', ...options }, call);
      await settled();
    },
    events: () =>
      stack().events.map(({ LogicalResourceId, ResourceStatus, ResourceStatusReason: reason }) =>
        [`${LogicalResourceId} ${ResourceStatus}`, ...(reason ? [reason] : [])].join(': '),
      ),
  };
}

function world(): { cell: Cell; clock: SteppedClock } {
  const clock = steppedClock();
  return { clock, cell: testCell(clock) };
}

/** A template of things by their names. */
export function thingsTemplate(
  resources: Record<string, Partial<ResourceDefinition>>,
  sections: object = {},
): { Resources: Record<string, ResourceDefinition> } {
  const Resources = Object.fromEntries(
    Object.entries(resources).map(([logicalId, definition]) => [
      logicalId,
      { Type: 'Test::Thing', ...definition },
    ]),
  );
  return { ...sections, Resources };
}
