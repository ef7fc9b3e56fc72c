import type { ManagedPrefixList } from '@aws-sdk/client-ec2';
import { execute } from '../../../core/execute.ts';
import { ec2 } from '../../../services/ec2/index.ts';
import { readRecords, readText, requireText } from '../../properties.ts';
import {
  type ProvidedResource,
  type ResourceContext,
  ResourceFailure,
  type ResourceProvider,
} from '../../resource-provider.ts';
import { saysGone } from '../../says-gone.ts';
import type { Properties } from '../../template/template.ts';
import { waitFor } from '../../waiting.ts';
import { retag, tagSpecifications } from './tags.ts';

interface Entry {
  Cidr: string;
  Description?: string;
}

type Modification = Omit<
  Parameters<NonNullable<(typeof ec2.operations)['ModifyManagedPrefixList']>>[0],
  'PrefixListId'
>;

/** `AWS::EC2::PrefixList`. EC2 has no call that changes the family, so that takes a new list. */
export const prefixList: ResourceProvider = {
  createOnly: ['AddressFamily'],

  async create(properties, context) {
    const input = {
      PrefixListName: requireText(properties, 'PrefixListName'),
      AddressFamily: requireText(properties, 'AddressFamily'),
      MaxEntries: sizeOf(properties),
      Entries: entriesOf(properties),
      TagSpecifications: tagSpecifications('prefix-list', properties, context),
    };
    const { PrefixList } = await execute(ec2, 'CreateManagedPrefixList', input, context.call);
    const id = PrefixList?.PrefixListId ?? '';
    context.initiated(id);
    return provided(await complete(id, context));
  },

  /** Entries and size change in calls of their own: a list that is to hold more grows first. */
  async update(id, properties, previous, context) {
    const [desired, current] = [sizeOf(properties), sizeOf(previous)];
    if (desired > current) await modify(id, { MaxEntries: desired }, context);
    await changeEntries(id, properties, context);
    if (desired < current) await modify(id, { MaxEntries: desired }, context);
    const PrefixListName = requireText(properties, 'PrefixListName');
    if (PrefixListName !== readText(previous, 'PrefixListName'))
      await modify(id, { PrefixListName }, context);
    await retag(id, properties, previous, context);
    return provided(await complete(id, context));
  },

  async delete(id, _properties, context) {
    await complete(id, context);
    await execute(ec2, 'DeleteManagedPrefixList', { PrefixListId: id }, context.call);
    await waitFor(() => gone(id, context), { clock: context.cell.clock, signal: context.signal });
  },
};

function sizeOf(properties: Properties): number {
  const size = Number(readText(properties, 'MaxEntries'));
  if (Number.isInteger(size)) return size;
  throw new ResourceFailure('Value of property MaxEntries must be of type Integer');
}

function entriesOf(properties: Properties): Entry[] {
  return readRecords(properties, 'Entries').map((entry) => {
    const Description = readText(entry, 'Description');
    return { Cidr: requireText(entry, 'Cidr'), ...(Description !== undefined && { Description }) };
  });
}

/**
 * Makes the entries those of the template. The list itself is asked what it holds: others than CloudFormation may have
 * changed it. An entry that is described anew goes first, as no call removes and adds the same block.
 */
async function changeEntries(id: string, properties: Properties, context: ResourceContext): Promise<void> {
  const desired = entriesOf(properties);
  const input = { PrefixListId: id };
  const { Entries: current = [] } = await execute(ec2, 'GetManagedPrefixListEntries', input, context.call);
  const isHeld = (held: readonly { Cidr?: string | undefined }[], { Cidr }: { Cidr?: string | undefined }) =>
    held.some((entry) => entry.Cidr === Cidr);
  const described = current.filter(({ Cidr, Description }) =>
    desired.some((entry) => entry.Cidr === Cidr && entry.Description !== Description),
  );
  const staying = current.filter((entry) => !described.includes(entry));
  if (described.length > 0) await modify(id, { RemoveEntries: blocksOf(described) }, context);
  const RemoveEntries = blocksOf(staying.filter((entry) => !isHeld(desired, entry)));
  const AddEntries = desired.filter((entry) => !isHeld(staying, entry));
  if (RemoveEntries.length + AddEntries.length > 0) await modify(id, { AddEntries, RemoveEntries }, context);
}

function blocksOf(entries: readonly { Cidr?: string | undefined }[]): { Cidr: string }[] {
  return entries.map(({ Cidr = '' }) => ({ Cidr }));
}

async function modify(id: string, modification: Modification, context: ResourceContext): Promise<void> {
  const { Version: CurrentVersion } = await complete(id, context);
  const input = { PrefixListId: id, CurrentVersion, ...modification };
  await execute(ec2, 'ModifyManagedPrefixList', input, context.call);
  await complete(id, context);
}

/** The list once it is done with the change before. */
function complete(id: string, context: ResourceContext): Promise<ManagedPrefixList> {
  const waiting = { clock: context.cell.clock, signal: context.signal };
  return waitFor(async () => {
    const found = await describe(id, context);
    return found?.State?.endsWith('-complete') ? found : undefined;
  }, waiting);
}

async function describe(id: string, { call }: ResourceContext): Promise<ManagedPrefixList | undefined> {
  const input = { PrefixListIds: [id] };
  const { PrefixLists: [found] = [] } = await execute(ec2, 'DescribeManagedPrefixLists', input, call);
  return found;
}

async function gone(id: string, context: ResourceContext): Promise<true | undefined> {
  try {
    await describe(id, context);
    return undefined;
  } catch (error) {
    if (saysGone(error)) return true;
    throw error;
  }
}

function provided({
  PrefixListId = '',
  PrefixListArn,
  OwnerId,
  Version,
}: ManagedPrefixList): ProvidedResource {
  return { physicalId: PrefixListId, attributes: { PrefixListId, Arn: PrefixListArn, OwnerId, Version } };
}
