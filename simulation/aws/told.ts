import type { Answer } from './clients.ts';
import type { Fault } from './faults.ts';
import type { Input } from './write.ts';

/** One call in a line of the trace. */
export function told(
  operation: string,
  input: Input,
  { output, error }: Answer,
  fault: Fault | undefined,
): string {
  const result = error ? `${error.name}` : resultOf(output ?? {});
  return `${operation} ${asked(input)} → ${result}${fault ? `  [${fault}]` : ''}`;
}

function asked(input: Input): string {
  const group = String(input.TargetGroupArn ?? '').replace(/^.*targetgroup\/([^/]+)\/.*$/, '$1');
  const targets = (input.Targets ?? []).map(
    ({ Id, Port, AvailabilityZone }: Input) =>
      `${Id}${Port ? `:${Port}` : ''}${AvailabilityZone ? `@${AvailabilityZone}` : ''}`,
  );
  const permissions = (input.IpPermissions ?? []).flatMap(({ IpRanges = [] }: Input) =>
    IpRanges.map(({ CidrIp }: Input) => CidrIp),
  );
  const filters = (input.Filters ?? []).map(({ Name, Values }: Input) => `${Name}=${Values.join(',')}`);
  const ids = [...(input.SecurityGroupRuleIds ?? []), ...(input.Names ?? []), ...(input.VpcIds ?? [])];
  return [group, ...filters, ...brief([...targets, ...permissions, ...ids])]
    .filter((part) => part !== '')
    .join(' ');
}

function resultOf(output: Input): string {
  const interfaces = (output.NetworkInterfaces ?? []).map(({ PrivateIpAddress }: Input) => PrivateIpAddress);
  const targets = (output.TargetHealthDescriptions ?? []).map(
    ({ Target, TargetHealth }: Input) => `${Target.Id}:${Target.Port} ${TargetHealth.State}`,
  );
  const rules = (output.SecurityGroupRules ?? [])
    .filter(({ IsEgress }: Input) => !IsEgress)
    .map(({ CidrIpv4, FromPort, Description }: Input) => `${CidrIpv4}:${FromPort} '${Description}'`);
  const shown = brief([...interfaces, ...targets, ...rules]);
  return `${shown.join(', ') || 'ok'}${output.NextToken ? ' and more' : ''}`;
}

function brief(items: readonly string[]): string[] {
  return items.length <= 14 ? [...items] : [...items.slice(0, 14), `… ${items.length} in all`];
}
