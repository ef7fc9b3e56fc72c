import { execute } from '../../core/execute.ts';
import type { Call } from '../../core/service.ts';
import { ec2 } from '../../services/ec2/index.ts';
import type { StackDefinition } from '../../world/stacks/stack.ts';
import { elementType } from '../template/parameters.ts';
import type { NamedValue, NamedValues } from '../template/scope.ts';

type Attributes = Readonly<Record<string, string | undefined>>;

/** Describes what a parameter of an AWS-specific type names; it throws or finds nothing where there is no such thing. */
type Lookup = (id: string, call: Call) => Promise<Attributes | undefined>;

const lookups: Readonly<Record<string, Lookup>> = {
  async 'AWS::EC2::VPC::Id'(id, call) {
    const { Vpcs: [vpc] = [] } = await execute(ec2, 'DescribeVpcs', { VpcIds: [id] }, call);
    return vpc && { CidrBlock: vpc.CidrBlock };
  },
  async 'AWS::EC2::Subnet::Id'(id, call) {
    const { Subnets: [subnet] = [] } = await execute(ec2, 'DescribeSubnets', { SubnetIds: [id] }, call);
    return subnet && { AvailabilityZone: subnet.AvailabilityZone, VpcId: subnet.VpcId };
  },
  async 'AWS::EC2::SecurityGroup::Id'(id, call) {
    const { SecurityGroups: [group] = [] } = await execute(
      ec2,
      'DescribeSecurityGroups',
      { GroupIds: [id] },
      call,
    );
    return group && { VpcId: group.VpcId };
  },
};

/** What the AWS-specific parameters of a definition name. */
export async function namedValues(
  { template, parameters }: StackDefinition,
  call: Call,
): Promise<NamedValues> {
  const named = new Map<string, NamedValue[]>();
  for (const [name, { value }] of parameters) {
    const type = template.Parameters[name]?.Type ?? 'String';
    const lookup = lookups[elementType(type) ?? type];
    if (lookup) named.set(name, await Promise.all([value].flat().map((id) => describe(id, lookup, call))));
  }
  return named;
}

async function describe(id: string, lookup: Lookup, call: Call): Promise<NamedValue> {
  return { id, attributes: await lookup(id, call).catch(() => undefined) };
}

/** Says which parameter names a VPC, subnet or security group that does not exist, if one does. */
export function missingValue(named: NamedValues): string | undefined {
  for (const [name, values] of named) {
    const missing = values.find(({ attributes }) => attributes === undefined);
    if (missing) {
      return `Parameter validation failed: parameter value ${missing.id} for parameter name ${name} does not exist. `;
    }
  }
  return undefined;
}
