import type { Output } from '@aws-sdk/client-cloudformation';
import type { Stack } from '../../world/stacks/stack.ts';
import { ResourceFailure } from '../resource-provider.ts';
import { evaluateWhole } from '../template/dynamic-references.ts';
import { evaluate, type Scope } from '../template/intrinsics.ts';
import type { OutputDefinition, Template } from '../template/template.ts';
import type { Deployment } from './deployment.ts';

/**
 * The outputs whose condition holds.
 *
 * @throws ResourceFailure where an export's name is taken
 */
export function outputsOf({ cell, stack }: Deployment, { Outputs }: Template, scope: Scope): Output[] {
  const taken = cell.stacks.exports(stack);
  const active = Object.entries(Outputs).filter(
    ([, { Condition }]) => Condition === undefined || scope.condition(Condition),
  );
  return active.map(([key, definition]) => {
    const output = outputOf(key, definition, scope);
    const holder = taken.get(output.ExportName ?? '')?.stackId;
    if (holder === undefined) return output;
    throw new ResourceFailure(
      `Export with name ${output.ExportName} is already exported by stack ${nameOf(cell.stacks.byId.get(holder), holder)}`,
    );
  });
}

function outputOf(key: string, { Value, Description, Export }: OutputDefinition, scope: Scope): Output {
  const value = evaluateWhole(Value, scope);
  if (value === undefined || typeof value === 'object') {
    throw new ResourceFailure(
      `Template format error: Output ${key} is malformed. The Value field of every Outputs member must evaluate to a String.`,
    );
  }
  return {
    OutputKey: key,
    OutputValue: String(value),
    ...(Description === undefined ? {} : { Description }),
    ...(Export === undefined ? {} : { ExportName: String(evaluate(Export.Name, scope)) }),
  };
}

function nameOf(stack: Stack | undefined, id: string): string {
  return stack?.name ?? id;
}
