import { AwsError } from '../../core/aws-error.ts';
import { isBlock } from '../../world/network/cidr.ts';
import { currentEntries, type PrefixList, type PrefixListEntry } from '../../world/network/prefix-list.ts';

/** Entries that a request adds, or removes, at the most. */
const requestLimit = 100;

interface EntryChanges {
  AddEntries?: readonly { Cidr?: string | undefined; Description?: string | undefined }[] | undefined;
  RemoveEntries?: readonly { Cidr?: string | undefined }[] | undefined;
}

/** @throws AwsError `InvalidParameterValue` */
export function refuseTooManyAtOnce(entries: readonly unknown[] = []): void {
  if (entries.length <= requestLimit) return;
  throw new AwsError(
    'InvalidParameterValue',
    `The number of entries per request cannot exceeds limit (${requestLimit}).`,
  );
}

/**
 * What a list holds after a change: all of it, or none where one entry does not fit.
 *
 * @throws AwsError `InvalidPrefixListModification`, `PrefixListMaxEntriesExceeded`, `InvalidParameterValue`
 */
export function changedEntries(
  list: PrefixList,
  { AddEntries = [], RemoveEntries = [] }: EntryChanges,
): PrefixListEntry[] {
  const entries = new Map(currentEntries(list).map((entry) => [entry.cidr, entry]));
  for (const { Cidr: cidr = '' } of RemoveEntries) {
    if (!entries.delete(cidr)) throw impossible(`the entry ${cidr} is not in the prefix list`);
  }
  for (const { Cidr: cidr = '', Description: description } of AddEntries) {
    if (!isBlock(cidr, list.addressFamily === 'IPv6' ? 'ipv6' : 'ipv4')) {
      throw new AwsError('InvalidParameterValue', `The CIDR '${cidr}' is invalid.`);
    }
    if (entries.has(cidr)) throw impossible(`the entry ${cidr} is in the prefix list already`);
    entries.set(cidr, { cidr, description });
  }
  if (entries.size > list.maxEntries) {
    throw new AwsError(
      'PrefixListMaxEntriesExceeded',
      `You've reached the maximum number of entries for the prefix list: ${list.maxEntries}`,
    );
  }
  return [...entries.values()];
}

function impossible(what: string): AwsError {
  return new AwsError('InvalidPrefixListModification', `The modification is not possible: ${what}.`);
}
