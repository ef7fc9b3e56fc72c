import type { DescribeRuleResponse, EventBridge, PutRuleRequest, Rule } from '@aws-sdk/client-eventbridge';
import { AwsError } from '../../core/aws-error.ts';
import { required } from '../../core/required.ts';
import type { Call, Operations } from '../../core/service.ts';
import { parseEventPattern } from '../../world/events/event-pattern.ts';
import type { EventRule } from '../../world/events/event-rules.ts';
import { parseRate } from '../../world/events/rate.ts';
import { findRule, requireDefaultBus, ruleArn } from './lookup.ts';
import { pageOf } from './pages.ts';
import { reschedule } from './schedule.ts';

export const rules: Operations<EventBridge> = {
  PutRule(input, call) {
    requireDefaultBus(input.EventBusName);
    const rule = putRule(input, call);
    for (const { Key = '', Value = '' } of input.Tags ?? []) rule.tags.set(Key, Value);
    reschedule(call.cell, rule);
    return { RuleArn: rule.arn };
  },

  DescribeRule(input, call) {
    const rule = findRule(input, call);
    return { ...describe(rule), CreatedBy: call.cell.account } satisfies DescribeRuleResponse;
  },

  ListRules(input, { cell }) {
    requireDefaultBus(input.EventBusName);
    const { NamePrefix = '' } = input;
    const matching = [...cell.eventRules.all.values()].filter(({ name }) => name.startsWith(NamePrefix));
    const { items, nextToken } = pageOf(matching, ({ name }) => name, input);
    return { Rules: items.map(describe), NextToken: nextToken };
  },

  EnableRule(input, call) {
    return changeState(findRule(input, call), 'ENABLED', call);
  },

  DisableRule(input, call) {
    return changeState(findRule(input, call), 'DISABLED', call);
  },

  /** Deleting what is not there succeeds. */
  DeleteRule(input, { cell }) {
    requireDefaultBus(input.EventBusName);
    const rule = cell.eventRules.all.get(required(input.Name, 'name'));
    if (!rule) return {};
    if (rule.targets.size > 0) throw invalid("Rule can't be deleted since it has targets.");
    rule.timer?.cancel();
    cell.eventRules.all.delete(rule.name);
    return {};
  },

  ListRuleNamesByTarget(input, { cell }) {
    requireDefaultBus(input.EventBusName);
    const matching = [...cell.eventRules.all.values()].filter((rule) =>
      [...rule.targets.values()].some(({ arn }) => arn === input.TargetArn),
    );
    const { items, nextToken } = pageOf(matching, ({ name }) => name, input);
    return { RuleNames: items.map(({ name }) => name), NextToken: nextToken };
  },
};

/** Makes a rule, or puts another in its place that keeps the targets. */
function putRule(input: PutRuleRequest, { cell }: Call): EventRule {
  const name = required(input.Name, 'name');
  const { ScheduleExpression, EventPattern } = input;
  if (!/^[.\-_A-Za-z0-9]{1,64}$/.test(name)) throw invalid(`Parameter Name is not valid: ${name}`);
  if (!ScheduleExpression && !EventPattern) {
    throw invalid('Parameter(s) EventPattern or ScheduleExpression must be specified.');
  }
  if (ScheduleExpression) parseRate(ScheduleExpression);
  const current = cell.eventRules.all.get(name);
  current?.timer?.cancel();
  const rule: EventRule = {
    name,
    arn: ruleArn(cell, name),
    description: input.Description,
    state: input.State === 'DISABLED' ? 'DISABLED' : 'ENABLED',
    scheduleExpression: ScheduleExpression || undefined,
    eventPattern: EventPattern ? { text: EventPattern, pattern: parseEventPattern(EventPattern) } : undefined,
    roleArn: input.RoleArn,
    targets: current?.targets ?? new Map(),
    tags: current?.tags ?? new Map(),
    timer: undefined,
  };
  cell.eventRules.all.set(name, rule);
  return rule;
}

function changeState(rule: EventRule, state: EventRule['state'], { cell }: Call): object {
  rule.state = state;
  reschedule(cell, rule);
  return {};
}

function describe(rule: EventRule): Rule {
  return {
    Name: rule.name,
    Arn: rule.arn,
    State: rule.state,
    EventBusName: 'default',
    ...(rule.description !== undefined && { Description: rule.description }),
    ...(rule.scheduleExpression !== undefined && { ScheduleExpression: rule.scheduleExpression }),
    ...(rule.eventPattern && { EventPattern: rule.eventPattern.text }),
    ...(rule.roleArn !== undefined && { RoleArn: rule.roleArn }),
  };
}

function invalid(message: string): AwsError {
  return new AwsError('ValidationException', message);
}
