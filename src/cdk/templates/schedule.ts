import {
  Aws,
  CfnCondition,
  CfnMapping,
  CfnParameter,
  type CfnResource,
  Duration,
  Fn,
  type Stack,
} from 'aws-cdk-lib';
import type * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import { parseEvery } from '../../config/every.ts';
import type { Dispatch } from '../sync/dispatch.ts';
import type { SyncFunction } from '../sync/sync-function.ts';
import type { SyncFunctionOptions } from '../sync/sync-function-options.ts';
import { onlyIf, where } from './only-if.ts';
import type { ParameterGroup } from './parameter-groups.ts';
import { type Switch, switchParameter } from './switch-parameter.ts';

/** Settings by which a sync function has whatever a choice of the parameters may need. */
export const everySchedule: Pick<SyncFunctionOptions, 'events' | 'every'> = {
  every: Duration.seconds(10),
  events: true,
};

const choices = ['5s', '10s', '15s', '20s', '30s', '1m', '2m', '5m', '15m'];

/** How often passes start, as parameters. */
export class Schedule {
  readonly group: ParameterGroup;

  /** Whether there is a queue, and the function that fills it. */
  readonly hasDispatch: CfnCondition;

  readonly #every: CfnParameter;
  readonly #events: Switch;
  readonly #hasTicks: CfnCondition;
  readonly #mapping: CfnMapping;
  readonly #stack: Stack;

  constructor(stack: Stack) {
    this.#stack = stack;
    this.#every = new CfnParameter(stack, 'Every', {
      allowedValues: choices,
      default: '1m',
      description: 'From one pass to the next; below a minute it takes a queue, and a function that fills it',
      type: 'String',
    });
    this.#events = switchParameter(stack, 'Events', {
      description:
        'Whether a pass also starts when a load balancer makes or deletes an interface, as CloudTrail tells',
      isOn: false,
    });
    this.#mapping = new CfnMapping(stack, 'Schedules', {
      mapping: Object.fromEntries(choices.map((choice) => [choice, scheduleOf(choice)])),
    });
    this.#hasTicks = new CfnCondition(stack, 'HasTicks', {
      expression: Fn.conditionEquals(this.#find('IsBelowAMinute'), 'true'),
    });
    this.hasDispatch = new CfnCondition(stack, 'HasDispatch', {
      expression: Fn.conditionOr(this.#hasTicks, this.#events.isOn),
    });
    this.group = {
      label: 'Schedule',
      parameters: [
        [this.#every, 'Every'],
        [this.#events.parameter, 'Events'],
      ],
    };
  }

  /** The period of metrics that have a value for each pass, in seconds. */
  get period(): string {
    return this.#find('Period');
  }

  /** Has a function of `everySchedule` do what the parameters say. */
  apply(syncFunction: SyncFunction): void {
    const dispatch = syncFunction.node.findChild('Dispatch') as Dispatch;
    onlyIf(this.hasDispatch, dispatch);
    const dispatched = dispatch.function.node.defaultChild as CfnResource;
    dispatched.addPropertyOverride(
      'Environment.Variables.ALBRIDGE_EVERY',
      where(this.#hasTicks, this.#every.valueAsString),
    );
    this.#applyToSchedule(syncFunction, dispatch.function);
    this.#applyToEvents(syncFunction, dispatch.function);
  }

  #applyToSchedule({ function: sync, rule }: SyncFunction, dispatch: lambda.Function): void {
    const schedule = rule.node.defaultChild as CfnResource;
    schedule.addPropertyOverride('ScheduleExpression', this.#find('Rate'));
    const started = Fn.conditionIf(this.#hasTicks.logicalId, dispatch.functionArn, sync.functionArn);
    schedule.addPropertyOverride('Targets.0.Arn', started);
    onlyIf(this.#hasTicks, dispatch.node.findChild('Schedule'));
    sync.addPermission('Schedule', {
      principal: new iam.ServicePrincipal('events.amazonaws.com'),
      sourceArn: rule.ruleArn,
    });
    onlyIf(this.#not('HasNoTicks', this.#hasTicks), sync.node.findChild('Schedule'));
  }

  #applyToEvents({ function: sync, node }: SyncFunction, dispatch: lambda.Function): void {
    const rule = node.findChild('Events') as events.Rule;
    onlyIf(this.#events.isOn, rule, sync.node.findChild('Events'));
    // Without ticks to look again, the dispatch function sees to re-checks.
    const again = { Arn: dispatch.functionArn, Id: 'Target1' };
    (rule.node.defaultChild as CfnResource).addPropertyOverride('Targets', [
      { Arn: sync.functionArn, Id: 'Target0' },
      Fn.conditionIf(this.#hasTicks.logicalId, Aws.NO_VALUE, again),
    ]);
    dispatch.addPermission('Events', {
      principal: new iam.ServicePrincipal('events.amazonaws.com'),
      sourceArn: rule.ruleArn,
    });
    onlyIf(this.#events.isOn, dispatch.node.findChild('Events'));
  }

  #not(id: string, condition: CfnCondition): CfnCondition {
    return new CfnCondition(this.#stack, id, { expression: Fn.conditionNot(condition) });
  }

  #find(key: string): string {
    return this.#mapping.findInMap(this.#every.valueAsString, key);
  }
}

function scheduleOf(choice: string): Record<string, string | number> {
  const { rate, seconds } = parseEvery(choice, 'Every');
  return { Rate: rate, Period: Math.max(seconds, 60), IsBelowAMinute: String(seconds < 60) };
}
