import type { Input } from '../aws/write.ts';

/**
 * What a call that lists interfaces for a source is about; nothing for any other call. Each description is a source's;
 * every other filter, but the one that only says where, belongs to the one source that selects by it.
 */
export function readKeys(operation: string, input: Input): string[] {
  if (operation !== 'DescribeNetworkInterfaces') return [];
  const filters: Input[] = input.Filters ?? [];
  return filters.flatMap(({ Name, Values = [] }): string[] => {
    if (Name === 'description') return Values.map(descriptionKey);
    return isSelection(Name) ? [Name] : [];
  });
}

export function descriptionKey(description: string): string {
  return `description ${description}`;
}

export function dnsKey(name: string, type: string): string {
  return `dns ${type} ${name}`;
}

function isSelection(filter: string): boolean {
  return ['network-interface-id', 'group-id', 'subnet-id'].includes(filter) || filter.startsWith('tag:');
}
