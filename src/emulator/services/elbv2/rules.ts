import type {
  ElasticLoadBalancingV2,
  RuleCondition,
  Rule as RuleDescription,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { AwsError } from '../../core/aws-error.ts';
import type { Operations } from '../../core/service.ts';
import type { Listener, Rule } from '../../world/load-balancing/listener.ts';
import { checkActions } from './actions.ts';
import { newArnBelow } from './arns.ts';
import { findListener, findLoadBalancer, findRule } from './lookup.ts';
import { readTags } from './tags.ts';

export const rules: Operations<ElasticLoadBalancingV2> = {
  CreateRule(input, { cell }) {
    const listener = findListener(cell, input.ListenerArn);
    const loadBalancer = findLoadBalancer(cell, listener.loadBalancerArn);
    if (loadBalancer.type !== 'application') {
      throw new AwsError(
        'UnsupportedOperation',
        'Rules are only for the listeners of application load balancers',
      );
    }
    const priority = input.Priority ?? 0;
    refusePriority(listener, priority);
    const rule: Rule = {
      arn: newArnBelow(cell, listener.arn, 'listener', 'listener-rule'),
      priority,
      conditions: checkConditions(input.Conditions),
      actions: checkActions(cell, loadBalancer, input.Actions),
      tags: readTags(input.Tags),
    };
    listener.rules.push(rule);
    inOrder(listener);
    cell.loadBalancing.changes.announce();
    return { Rules: [describe(rule)] };
  },
  DescribeRules({ ListenerArn, RuleArns }, { cell }) {
    if (RuleArns?.length) return { Rules: RuleArns.map((arn) => describe(findRule(cell, arn).rule)) };
    const listener = findListener(cell, ListenerArn);
    return { Rules: [...listener.rules.map(describe), describeDefault(listener)] };
  },
  ModifyRule({ RuleArn, Conditions, Actions }, { cell }) {
    const { listener, rule } = findRule(cell, RuleArn);
    const loadBalancer = findLoadBalancer(cell, listener.loadBalancerArn);
    const conditions = Conditions ? checkConditions(Conditions) : rule.conditions;
    const actions = Actions ? checkActions(cell, loadBalancer, Actions) : rule.actions;
    Object.assign(rule, { conditions, actions });
    cell.loadBalancing.changes.announce();
    return { Rules: [describe(rule)] };
  },
  SetRulePriorities({ RulePriorities = [] }, { cell }) {
    const found = RulePriorities.map(({ RuleArn, Priority = 0 }) => ({
      ...findRule(cell, RuleArn),
      Priority,
    }));
    for (const { rule, Priority } of found) rule.priority = Priority;
    for (const { listener } of found) inOrder(listener);
    cell.loadBalancing.changes.announce();
    return { Rules: found.map(({ rule }) => describe(rule)) };
  },
  DeleteRule({ RuleArn }, { cell }) {
    const { listener, rule } = findRule(cell, RuleArn);
    listener.rules = listener.rules.filter((other) => other !== rule);
    cell.loadBalancing.changes.announce();
    return {};
  },
};

function refusePriority(listener: Listener, priority: number): void {
  if (priority < 1 || priority > 50_000) {
    throw new AwsError('ValidationError', `Priority '${priority}' must be between 1 and 50000`);
  }
  if (listener.rules.some((other) => other.priority === priority)) {
    throw new AwsError('PriorityInUse', `Priority '${priority}' is currently in use`);
  }
}

const shorthands = {
  'path-pattern': 'PathPatternConfig',
  'host-header': 'HostHeaderConfig',
  'http-request-method': 'HttpRequestMethodConfig',
  'source-ip': 'SourceIpConfig',
} as const;

/** Conditions as AWS keeps them: the short form `Values` stands in the field's own config too. */
function checkConditions(conditions: readonly RuleCondition[] | undefined): RuleCondition[] {
  if (!conditions?.length) throw new AwsError('ValidationError', 'A rule must have at least one condition');
  return conditions.map((condition) => {
    const config = shorthands[condition.Field as keyof typeof shorthands];
    if (config === undefined) {
      if (condition.HttpHeaderConfig || condition.QueryStringConfig) return condition;
      throw new AwsError(
        'ValidationError',
        `Condition field '${condition.Field}' must be one of '[${Object.keys(shorthands)},http-header,query-string]'`,
      );
    }
    const values = condition[config]?.Values ?? condition.Values ?? [];
    if (values.length === 0)
      throw new AwsError('ValidationError', `A condition on '${condition.Field}' must have a value`);
    return { ...condition, Values: values, [config]: { Values: values } };
  });
}

function inOrder(listener: Listener): void {
  listener.rules.sort((one, other) => one.priority - other.priority);
}

function describe(rule: Rule): RuleDescription {
  return {
    RuleArn: rule.arn,
    Priority: String(rule.priority),
    Conditions: rule.conditions,
    Actions: rule.actions,
    IsDefault: false,
  };
}

function describeDefault(listener: Listener): RuleDescription {
  return {
    RuleArn: `${listener.arn.replace(':listener/', ':listener-rule/')}/${listener.arn.slice(-16)}`,
    Priority: 'default',
    Conditions: [],
    Actions: listener.defaultActions,
    IsDefault: true,
  };
}
