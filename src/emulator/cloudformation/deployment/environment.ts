import { execute } from '../../core/execute.ts';
import type { Call } from '../../core/service.ts';
import { ec2 } from '../../services/ec2/index.ts';
import type { Stack, StackDefinition } from '../../world/stacks/stack.ts';
import type { Environment } from '../template/scope.ts';
import { namedValues } from './parameter-values.ts';

/** What the template of a stack can learn of its account and region. */
export async function environmentOf(
  { id, name }: Stack,
  definition: StackDefinition,
  call: Call,
): Promise<Environment> {
  const { account, region, parameters, stacks } = call.cell;
  const { AvailabilityZones = [] } = await execute(ec2, 'DescribeAvailabilityZones', {}, call);
  return {
    account,
    region,
    stackId: id,
    stackName: name,
    notificationArns: definition.notificationArns,
    availabilityZones: AvailabilityZones.flatMap(({ ZoneName }) => ZoneName ?? []).sort(),
    namedValues: await namedValues(definition, call),
    exports: new Map([...stacks.exports()].map(([exported, { value }]) => [exported, value])),
    storedValue: (reference) => parameters.valueOf(reference),
  };
}
