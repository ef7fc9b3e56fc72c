import type {
  ElasticLoadBalancingV2,
  Rule as RuleDescription,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { AwsError } from '../../core/aws-error.ts';
import type { Cell } from '../../core/cell.ts';
import type { Operations } from '../../core/service.ts';
import { readTags } from '../../core/tags.ts';
import type { Listener, Rule } from '../../world/load-balancing/listener.ts';
import type { LoadBalancer } from '../../world/load-balancing/load-balancer.ts';
import { checkActions } from './actions.ts';
import { newArnBelow } from './arns.ts';
import { findListener, findLoadBalancer, findRule } from './lookup.ts';
import { checkConditions } from './rule-conditions.ts';

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
    refuseTooMany(cell, loadBalancer);
    const rule: Rule = {
      arn: newArnBelow(cell, listener.arn, 'listener', 'listener-rule'),
      priority,
      conditions: checkConditions(input.Conditions),
      actions: checkActions({ cell, loadBalancer, protocol: listener.protocol }, input.Actions),
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
    const actions = Actions
      ? checkActions({ cell, loadBalancer, protocol: listener.protocol }, Actions)
      : rule.actions;
    Object.assign(rule, { conditions, actions });
    cell.loadBalancing.changes.announce();
    return { Rules: [describe(rule)] };
  },
  SetRulePriorities({ RulePriorities = [] }, { cell }) {
    const found = RulePriorities.map(({ RuleArn, Priority = 0 }) => ({
      ...findRule(cell, RuleArn),
      Priority,
    }));
    refusePriorities(found);
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

function refusePriority(listener: Pick<Listener, 'rules'>, priority: number): void {
  if (priority < 1 || priority > 50_000) {
    throw new AwsError('ValidationError', `Priority '${priority}' must be between 1 and 50000`);
  }
  if (listener.rules.some((other) => other.priority === priority)) {
    throw new AwsError('PriorityInUse', `Priority '${priority}' is currently in use`);
  }
}

/** Each may take the place of another that moves too. */
function refusePriorities(moves: readonly { listener: Listener; rule: Rule; Priority: number }[]): void {
  const moved = new Set(moves.map(({ rule }) => rule));
  const staying = (listener: Listener): Rule[] => listener.rules.filter((rule) => !moved.has(rule));
  for (const { listener, Priority } of moves) refusePriority({ rules: staying(listener) }, Priority);
  const wanted = moves.map(({ listener, Priority }) => `${listener.arn} ${Priority}`);
  if (new Set(wanted).size < wanted.length)
    throw new AwsError('PriorityInUse', 'One or more priorities are specified more than once');
}

/** Rules of a load balancer's listeners together, their defaults not counted. */
const ruleLimit = 100;

function refuseTooMany({ loadBalancing }: Cell, { arn }: LoadBalancer): void {
  const count = loadBalancing.listenersOf(arn).reduce((sum, { rules }) => sum + rules.length, 0);
  if (count >= ruleLimit)
    throw new AwsError(
      'TooManyRules',
      `The maximum number of rules has been reached for load balancer '${arn}'`,
    );
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
