import { AwsError } from '../../core/aws-error.ts';
import { required } from '../../core/required.ts';
import type { Call } from '../../core/service.ts';
import type { EventRule } from '../../world/events/event-rules.ts';

interface RuleInput {
  Name?: string | undefined;
  EventBusName?: string | undefined;
}

export function ruleArn({ account, region }: Call['cell'], name: string): string {
  return `arn:aws:events:${region}:${account}:rule/${name}`;
}

export function findRule(input: RuleInput, { cell }: Call): EventRule {
  requireDefaultBus(input.EventBusName);
  const name = required(input.Name, 'name');
  const rule = cell.eventRules.all.get(name);
  if (!rule) throw notFound(`Rule ${name} does not exist on EventBus default.`);
  return rule;
}

export function findRuleByArn(arn: string | undefined, { cell }: Call): EventRule {
  for (const rule of cell.eventRules.all.values()) if (rule.arn === arn) return rule;
  throw notFound(`Rule ${arn?.split('/').at(-1)} does not exist on EventBus default.`);
}

/** A bus is named, or given by its ARN. */
export function requireDefaultBus(name = 'default'): void {
  const bus = name.split('/').at(-1);
  if (bus !== 'default') throw notFound(`Event bus ${bus} does not exist.`);
}

function notFound(message: string): AwsError {
  return new AwsError('ResourceNotFoundException', message);
}
