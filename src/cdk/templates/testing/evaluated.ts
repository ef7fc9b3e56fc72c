import { basename } from 'node:path';
import { conditionsOf } from '../../../emulator/cloudformation/template/conditions.ts';
import { evaluate, type Scope } from '../../../emulator/cloudformation/template/intrinsics.ts';
import { resolveParameters } from '../../../emulator/cloudformation/template/parameters.ts';
import { parseTemplate } from '../../../emulator/cloudformation/template/parse.ts';
import { checkRules } from '../../../emulator/cloudformation/template/rules.ts';
import { templateScope } from '../../../emulator/cloudformation/template/scope.ts';
import type { Template } from '../../../emulator/cloudformation/template/template.ts';
import { renderTemplates } from '../render.ts';
import { loadBalancerArn, type ParameterValues, targetGroupArn } from './parameters.ts';

/** A resource of a stack, with what CloudFormation would make of its properties. */
export interface EvaluatedResource {
  readonly type: string;
  // biome-ignore lint/suspicious/noExplicitAny: a template is whatever JSON the assertions find in it
  readonly properties: any;
}

const templates = new Map(
  Object.entries(renderTemplates())
    .filter(([path]) => path.endsWith('.yaml'))
    .map(([path, text]) => [basename(path, '.template.yaml'), parseTemplate(text)] as const),
);

export function templateNamed(name: string): Template {
  const template = templates.get(name);
  if (!template) throw new Error(`there is no template '${name}'`);
  return template;
}

/**
 * The resources that a stack of the template has with these parameters.
 *
 * @throws AwsError where CloudFormation would refuse the parameters, or something refers to what the stack has not
 */
export function evaluated(name: string, values: ParameterValues): Record<string, EvaluatedResource> {
  const template = templateNamed(name);
  const scope = scopeOf(template, values);
  checkRules(template, scope);
  const there = Object.entries(template.Resources).filter(
    ([, { Condition }]) => Condition === undefined || scope.condition(Condition),
  );
  for (const { Condition, Value } of Object.values(template.Outputs)) {
    if (Condition === undefined || scope.condition(Condition)) evaluate(Value, scope);
  }
  return Object.fromEntries(
    there.map(([logicalId, { Type: type, Properties = {} }]) => [
      logicalId,
      { type, properties: evaluate(Properties, scope) },
    ]),
  );
}

const arns: Readonly<Record<string, string>> = {
  'AWS::ElasticLoadBalancingV2::LoadBalancer': loadBalancerArn,
  'AWS::ElasticLoadBalancingV2::TargetGroup': targetGroupArn,
};

const attributes: Readonly<Record<string, string>> = { CidrBlock: '10.0.0.0/16' };

function scopeOf(template: Template, values: ParameterValues): Scope {
  const given = Object.entries(values).map(([ParameterKey, ParameterValue]) => ({
    ParameterKey,
    ParameterValue,
  }));
  const isThere = (logicalId: string): boolean => {
    const resource = template.Resources[logicalId];
    return resource !== undefined && (resource.Condition === undefined || holds(resource.Condition));
  };
  const scope = templateScope(
    template,
    resolveParameters(template, given),
    {
      account: '000000000000',
      availabilityZones: ['us-east-1a', 'us-east-1b'],
      exports: new Map(),
      namedValues: new Map(
        Object.entries(template.Parameters)
          .filter(([, { Type }]) => Type.includes('AWS::EC2::'))
          .map(([id]) => [id, [{ id, attributes: { VpcId: values.VpcId } }]]),
      ),
      notificationArns: [],
      region: 'us-east-1',
      stackId: 'stack-id',
      stackName: 'orders',
      storedValue: () => undefined,
    },
    {
      attribute: (logicalId, attribute) =>
        isThere(logicalId) ? (attributes[attribute] ?? `<${logicalId}.${attribute}>`) : undefined,
      ref: (logicalId) =>
        isThere(logicalId)
          ? (arns[template.Resources[logicalId]?.Type ?? ''] ?? `<${logicalId}>`)
          : undefined,
    },
  );
  const holds = conditionsOf(template, () => scope);
  return scope;
}
