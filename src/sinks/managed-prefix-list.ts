import {
  DescribeManagedPrefixListsCommand,
  type EC2Client,
  type ManagedPrefixList,
  paginateGetManagedPrefixListEntries,
} from '@aws-sdk/client-ec2';
import { collect } from '../aws/pagination.ts';
import { AlbridgeError } from '../engine/errors.ts';
import { unreadable } from './unreadable.ts';

/** The most that a call returns. */
const pageSize = 100;

/** A prefix list as it was read: one version of it. */
export interface PrefixList {
  version: number;
  maxEntries: number;
  isIpv6: boolean;
  /** Whether a change is under way, until whose end it takes no other. */
  isBusy: boolean;
  /** Descriptions by CIDR block. */
  entries: ReadonlyMap<string, string>;
}

/** Throws where the prefix list is not one that can be changed (FM29). */
export async function readPrefixList(ec2: EC2Client, id: string): Promise<PrefixList> {
  const found = await describe(ec2, id);
  check(found, id);
  const version = found.Version ?? 0;
  return {
    version,
    maxEntries: found.MaxEntries ?? 0,
    isIpv6: found.AddressFamily === 'IPv6',
    isBusy: found.State?.endsWith('-in-progress') ?? false,
    entries: await readEntries(ec2, id, version),
  };
}

async function describe(ec2: EC2Client, id: string): Promise<ManagedPrefixList> {
  try {
    const { PrefixLists: [found] = [] } = await ec2.send(
      new DescribeManagedPrefixListsCommand({ PrefixListIds: [id] }),
    );
    return found ?? {};
  } catch (error) {
    throw unreadable(`ec2:DescribeManagedPrefixLists of '${id}'`, error);
  }
}

function check({ OwnerId, State }: ManagedPrefixList, id: string): void {
  if (OwnerId === 'AWS') {
    const message = `prefix list '${id}' is managed by AWS; give one of your own`;
    throw new AlbridgeError('sink-mismatch', message);
  }
  if (State?.startsWith('delete-')) {
    const message = `prefix list '${id}' is in the state '${State}'; give one that stays`;
    throw new AlbridgeError('sink-mismatch', message);
  }
}

/** The entries of just that version, so that they belong to what a change is then based on. */
async function readEntries(ec2: EC2Client, id: string, version: number): Promise<Map<string, string>> {
  try {
    const pages = paginateGetManagedPrefixListEntries(
      { client: ec2, pageSize },
      { PrefixListId: id, TargetVersion: version },
    );
    const entries = await collect(pages, (page) => page.Entries);
    return new Map(entries.map(({ Cidr = '', Description = '' }) => [Cidr, Description]));
  } catch (error) {
    throw unreadable(`ec2:GetManagedPrefixListEntries of '${id}'`, error);
  }
}
