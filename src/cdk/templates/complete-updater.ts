import { type CfnCondition, CfnOutput } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type { AddressSync } from '../sync/address-sync.ts';
import { SyncFunction } from '../sync/sync-function.ts';
import type { SyncFunctionOptions } from '../sync/sync-function-options.ts';
import { Alarms } from './alarms.ts';
import { object, type Part, text } from './config-text.ts';
import { configure } from './configure.ts';
import { LocalCode } from './local-code.ts';
import { logRetention } from './log-retention.ts';
import { arrangeParameters, type ParameterGroup } from './parameter-groups.ts';
import { type Permitted, permittedIf } from './permitted-if.ts';
import { Policy } from './policy.ts';
import { everySchedule, Schedule } from './schedule.ts';
import type { TemplateStack } from './template-stack.ts';

export interface UpdaterParts {
  /** What a template has parameters for besides schedule, policy, alarms and logs. */
  readonly groups: readonly ParameterGroup[];
  readonly hasHealth: boolean;
  /** The binding, without its name and its policy. */
  readonly binding: { readonly source: Part } & ({ readonly sink: Part } | { readonly sinks: Part });
  readonly functionOptions?: SyncFunctionOptions;
  readonly keep: (syncFunction: SyncFunction) => AddressSync;
  /** Actions that only some stacks need. */
  readonly permitted?: readonly Permitted[];
  readonly roles?: readonly (readonly [condition: CfnCondition, statement: iam.PolicyStatement])[];
  /** For each of several sinks, where it is one. */
  readonly sinkConditions?: readonly CfnCondition[];
}

/** Fills a stack with a sync function that keeps one binding, and what such templates have in common. */
export function completeUpdater(stack: TemplateStack, parts: UpdaterParts): SyncFunction {
  const schedule = new Schedule(stack);
  const policy = new Policy(stack, parts);
  const alarms = new Alarms(stack);
  const syncFunction = new SyncFunction(stack, 'Sync', {
    ...everySchedule,
    ...parts.functionOptions,
    dispatchCode: new LocalCode('../dist/lambda/dispatch'),
    syncCode: new LocalCode('../dist/lambda/sync'),
  });
  const sync = parts.keep(syncFunction);
  schedule.apply(syncFunction);
  permittedIf(
    syncFunction.function,
    [...(parts.permitted ?? []), [schedule.hasDispatch, ['sqs:']]],
    parts.roles,
  );
  configure(syncFunction, object({ name: stackName, ...parts.binding, policy: policy.config }));
  alarms.addTo(sync, schedule, parts.sinkConditions);
  const retention = logRetention(stack);
  const logs = { label: 'Logs', parameters: [[retention, 'Retention in days']] } as const;
  arrangeParameters(stack, [...parts.groups, schedule.group, policy.group, alarms.group, logs]);
  addOutputs(stack, syncFunction);
  return syncFunction;
}

const stackName = text({ logicalId: 'AWS::StackName' });

function addOutputs(
  stack: TemplateStack,
  { function: { functionName, logGroup, role } }: SyncFunction,
): void {
  const outputs: Record<string, [value: string | undefined, description: string]> = {
    FunctionName: [functionName, 'Runs the passes; invoke it to run one now'],
    LogGroupName: [logGroup.logGroupName, 'Where the passes tell what they did'],
    RoleArn: [role?.roleArn, 'The function’s role, which the roles that it assumes have to trust'],
  };
  for (const [id, [value = '', description]] of Object.entries(outputs)) {
    new CfnOutput(stack, id, { description, value });
  }
}
