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
  const permissions = (input.IpPermissions ?? []).flatMap(
    ({ FromPort, IpRanges = [], Ipv6Ranges = [] }: Input) =>
      [...IpRanges, ...Ipv6Ranges].map(({ CidrIp, CidrIpv6 }: Input) => `${CidrIp ?? CidrIpv6}:${FromPort}`),
  );
  const entries = [
    ...(input.AddEntries ?? []).map(({ Cidr }: Input) => `+${Cidr}`),
    ...(input.RemoveEntries ?? []).map(({ Cidr }: Input) => `-${Cidr}`),
  ];
  const version = input.CurrentVersion ?? input.TargetVersion;
  const filters = (input.Filters ?? []).map(({ Name, Values }: Input) => `${Name}=${Values.join(',')}`);
  const ids = [
    ...(input.SecurityGroupRuleIds ?? []),
    ...(input.Names ?? []),
    ...(input.VpcIds ?? []),
    ...(input.PrefixListIds ?? []),
  ];
  return [
    group,
    ...filters,
    version ? `version ${version}` : '',
    ...brief([...targets, ...permissions, ...entries, ...ids]),
  ]
    .filter((part) => part !== '')
    .join(' ');
}

function resultOf(output: Input): string {
  const interfaces = (output.NetworkInterfaces ?? []).map(({ PrivateIpAddress }: Input) => PrivateIpAddress);
  const lists = (output.PrefixLists ?? []).map(({ Version, State }: Input) => `version ${Version} ${State}`);
  const entries = (output.Entries ?? []).map(({ Cidr, Description }: Input) => `${Cidr} '${Description}'`);
  const targets = (output.TargetHealthDescriptions ?? []).map(
    ({ Target, TargetHealth }: Input) => `${Target.Id}:${Target.Port} ${TargetHealth.State}`,
  );
  const rules = (output.SecurityGroupRules ?? [])
    .filter(({ IsEgress }: Input) => !IsEgress)
    .map(
      ({ CidrIpv4, CidrIpv6, FromPort, Description }: Input) =>
        `${CidrIpv4 ?? CidrIpv6}:${FromPort} '${Description}'`,
    );
  const shown = brief([...interfaces, ...targets, ...rules, ...lists, ...entries]);
  return `${shown.join(', ') || 'ok'}${output.NextToken ? ' and more' : ''}`;
}

function brief(items: readonly string[]): string[] {
  return items.length <= 14 ? [...items] : [...items.slice(0, 14), `… ${items.length} in all`];
}
