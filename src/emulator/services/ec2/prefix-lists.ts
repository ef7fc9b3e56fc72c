import type { EC2, ManagedPrefixList } from '@aws-sdk/client-ec2';
import { AwsError } from '../../core/aws-error.ts';
import type { Cell } from '../../core/cell.ts';
import { paginate } from '../../core/pagination.ts';
import type { Operations } from '../../core/service.ts';
import { writeTags } from '../../core/tags.ts';
import { currentEntries, isBusy, type PrefixList, startChange } from '../../world/network/prefix-list.ts';
import { applyFilters } from './filters.ts';
import { find, findAll } from './lookup.ts';
import { page } from './pages.ts';
import { changedEntries, refuseTooManyAtOnce } from './prefix-list-entries.ts';
import { groupsReferring, refuseOverweight } from './rule-weights.ts';
import { specifiedTags } from './tags.ts';

export const prefixLists: Operations<EC2> = {
  CreateManagedPrefixList(input, { cell }) {
    const { PrefixListName: name = '', MaxEntries: maxEntries = 0, AddressFamily: family } = input;
    if (family !== 'IPv4' && family !== 'IPv6') {
      throw new AwsError('InvalidParameterValue', `The address family '${family}' is invalid`);
    }
    if (maxEntries < 1 || maxEntries > 1000) {
      throw new AwsError('InvalidParameterValue', 'Must specify a max size between 1 and 1000');
    }
    const id = cell.network.newId('pl');
    const list: PrefixList = {
      id,
      arn: `arn:aws:ec2:${cell.region}:${cell.account}:prefix-list/${id}`,
      name,
      addressFamily: family,
      maxEntries,
      state: 'create-in-progress',
      version: 1,
      entries: new Map(),
      tags: specifiedTags(input.TagSpecifications),
    };
    refuseTooManyAtOnce(input.Entries);
    list.entries.set(1, changedEntries(list, { AddEntries: input.Entries }));
    cell.network.prefixLists.set(id, list);
    startChange(list, during(cell), 'create', () => undefined);
    return { PrefixList: describe(cell, list) };
  },
  DescribeManagedPrefixLists(input, { cell }) {
    const asked = findAll(cell.network.prefixLists, input.PrefixListIds, ...notFound);
    const matching = applyFilters(asked, input.Filters, {
      'prefix-list-id': ({ id }) => [id],
      'prefix-list-name': ({ name }) => [name],
      'owner-id': () => [cell.account],
    });
    const { items, nextToken } = page(matching, input, { least: 1, most: 100 });
    return { PrefixLists: items.map((list) => describe(cell, list)), NextToken: nextToken };
  },
  GetManagedPrefixListEntries({ PrefixListId, TargetVersion, MaxResults = 100, NextToken }, { cell }) {
    const list = find(cell.network.prefixLists, PrefixListId, ...notFound);
    if (MaxResults < 1 || MaxResults > 100) {
      throw new AwsError(
        'InvalidParameterValue',
        `Value (${MaxResults}) for parameter maxResults is invalid`,
      );
    }
    const entries = list.entries.get(TargetVersion ?? list.version);
    if (!entries) {
      throw new AwsError('InvalidPrefixListVersion', `The version ${TargetVersion} does not exist`);
    }
    const { items, nextToken } = paginate(entries, ({ cidr }) => cidr, {
      limit: MaxResults,
      token: NextToken,
      invalidToken: 'InvalidNextToken',
    });
    return {
      Entries: items.map(({ cidr, description }) => ({ Cidr: cidr, Description: description })),
      NextToken: nextToken,
    };
  },
  ModifyManagedPrefixList(input, { cell }) {
    const list = find(cell.network.prefixLists, input.PrefixListId, ...notFound);
    refuseBusy(list);
    const { AddEntries = [], RemoveEntries = [], MaxEntries, CurrentVersion } = input;
    refuseTooManyAtOnce(AddEntries);
    refuseTooManyAtOnce(RemoveEntries);
    const changesEntries = AddEntries.length > 0 || RemoveEntries.length > 0;
    if (changesEntries && MaxEntries !== undefined) {
      throw new AwsError(
        'InvalidParameterCombination',
        'You cannot modify the entries and the maximum entries for the prefix list in the same request.',
      );
    }
    if (CurrentVersion === undefined ? changesEntries : CurrentVersion !== list.version) {
      throw new AwsError('PrefixListVersionMismatch', 'The prefix list has the incorrect version number.');
    }
    if (MaxEntries !== undefined) refuseResize(cell, list, MaxEntries);
    const entries = changedEntries(list, input);
    startChange(list, during(cell), 'modify', () => {
      list.name = input.PrefixListName ?? list.name;
      list.maxEntries = MaxEntries ?? list.maxEntries;
      if (!changesEntries) return;
      list.version += 1;
      list.entries.set(list.version, entries);
    });
    return { PrefixList: describe(cell, list) };
  },
  DeleteManagedPrefixList({ PrefixListId }, { cell }) {
    const list = find(cell.network.prefixLists, PrefixListId, ...notFound);
    refuseBusy(list);
    if (groupsReferring(cell.network, list.id).length > 0) {
      throw new AwsError('DependencyViolation', `The prefix list '${list.id}' is in use.`);
    }
    startChange(list, during(cell), 'delete', () => cell.network.prefixLists.delete(list.id));
    return { PrefixList: describe(cell, list) };
  },
  GetManagedPrefixListAssociations({ PrefixListId, MaxResults, NextToken }, { cell }) {
    const list = find(cell.network.prefixLists, PrefixListId, ...notFound);
    const { items, nextToken } = page(
      groupsReferring(cell.network, list.id),
      { MaxResults, NextToken },
      { least: 5, most: 255 },
    );
    const associations = items.map(({ id }) => ({ ResourceId: id, ResourceOwner: cell.account }));
    return { PrefixListAssociations: associations, NextToken: nextToken };
  },
};

const notFound = ['InvalidPrefixListID', 'prefix list ID'] as const;

function during({ clock, network: { changes } }: Cell): Parameters<typeof startChange>[1] {
  return { clock, changes };
}

function refuseBusy(list: PrefixList): void {
  if (!isBusy(list)) return;
  throw new AwsError(
    'IncorrectState',
    `The request cannot be completed because the prefix list '${list.id}' is in the current state (${list.state})`,
  );
}

/** A list that grows must still fit into each group that refers to it. */
function refuseResize(cell: Cell, list: PrefixList, maxEntries: number): void {
  if (maxEntries < currentEntries(list).length) {
    throw new AwsError('InvalidParameterValue', 'The maximum entries are fewer than the entries there are');
  }
  const resized = new Map([...cell.network.prefixLists, [list.id, { ...list, maxEntries }]]);
  for (const { rules } of groupsReferring(cell.network, list.id)) {
    refuseOverweight([...rules.values()], resized);
  }
}

function describe(cell: Cell, list: PrefixList): ManagedPrefixList {
  return {
    PrefixListId: list.id,
    PrefixListArn: list.arn,
    PrefixListName: list.name,
    AddressFamily: list.addressFamily,
    MaxEntries: list.maxEntries,
    State: list.state,
    Version: list.version,
    OwnerId: cell.account,
    Tags: writeTags(list.tags),
  };
}
