import { ModifyManagedPrefixListCommand } from '@aws-sdk/client-ec2';
import type { AwsClients } from '../aws/clients.ts';
import { classify } from '../aws/errors.ts';
import type { Address } from '../engine/address.ts';
import { AlbridgeError } from '../engine/errors.ts';
import { everyIpv4, everyIpv6 } from '../engine/network.ts';
import type { Contents, Entry, Sink, Written } from '../engine/sink.ts';
import { addressOfHostBlock, hostBlock } from './host-block.ts';
import { type PrefixList, readPrefixList } from './managed-prefix-list.ts';
import { ownershipMark } from './ownership-mark.ts';
import { writeInChunks } from './write-in-chunks.ts';

export interface PrefixListSinkOptions {
  clients: AwsClients;
  prefixListId: string;
  /** Name of the binding: entries are its own by their description (FM13). */
  owner: string;
  /** Resolves after so many milliseconds. */
  wait(milliseconds: number): Promise<void>;
}

/** AWS takes some seconds over a change; the list takes no other meanwhile. */
const pollInterval = 1_000;
/** Longest wait of a pass, all its changes together. */
const mostPolls = 30;

/** How often a change is tried where others change the list at the same time. */
const mostAttempts = 5;

/** What a change adds and removes, as far as the list does not have it so already. */
type Change = (list: PrefixList) => { add: readonly string[]; remove: readonly string[] };

/** Entries of a customer-managed prefix list: one for each address. */
export function prefixListSink(options: PrefixListSinkOptions): Sink {
  const { clients, prefixListId, owner, wait } = options;
  const mark = ownershipMark(owner);
  /** The list as it was last read; undefined once it has changed since. */
  let known: PrefixList | undefined;
  let polls = 0;

  return {
    async read(): Promise<Contents> {
      polls = 0;
      known = await readPrefixList(clients.ec2, prefixListId);
      return {
        entries: [...known.entries].flatMap(([cidr, description]) => entryOf(cidr, description === mark)),
        networks: [known.isIpv6 ? everyIpv6 : everyIpv4],
        healthChecked: false,
      };
    },
    async add(addresses): Promise<Written> {
      const { entries, maxEntries } = await settled();
      const room = Math.max(0, maxEntries - entries.size);
      const written = await write(addresses.slice(0, room), (list, cidrs) => ({
        add: cidrs.filter((cidr) => !list.entries.has(cidr)),
        remove: [],
      }));
      if (addresses.length <= room) return written;
      const error = noRoom(addresses.slice(room), maxEntries);
      return { ...written, errors: [...written.errors, error], full: true };
    },
    remove(entries) {
      return write(
        entries.map(({ address }) => address),
        (list, cidrs) => ({ add: [], remove: cidrs.filter((cidr) => list.entries.get(cidr) === mark) }),
      );
    },
  };

  function write(
    addresses: readonly Address[],
    changeOf: (list: PrefixList, cidrs: readonly string[]) => ReturnType<Change>,
  ): Promise<Written> {
    return writeInChunks({
      action: 'ec2:ModifyManagedPrefixList',
      items: addresses,
      addressOf: (address) => address,
      send: (chunk) => {
        const cidrs = chunk.map(hostBlock);
        return modify((list) => changeOf(list, cidrs));
      },
    });
  }

  /** One change, based on the version that was read last, and on a newer one where somebody else was faster. */
  async function modify(change: Change): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      const list = await settled();
      const { add, remove } = change(list);
      if (add.length === 0 && remove.length === 0) return;
      known = undefined;
      try {
        await clients.ec2.send(
          new ModifyManagedPrefixListCommand({
            PrefixListId: prefixListId,
            CurrentVersion: list.version,
            ...(add.length > 0 && { AddEntries: add.map((Cidr) => ({ Cidr, Description: mark })) }),
            ...(remove.length > 0 && { RemoveEntries: remove.map((Cidr) => ({ Cidr })) }),
          }),
        );
        return;
      } catch (error) {
        if (attempt >= mostAttempts || !['busy', 'conflict'].includes(classify(error))) throw error;
        if (classify(error) === 'busy') await poll();
      }
    }
  }

  /** The list when no change is under way. */
  async function settled(): Promise<PrefixList> {
    for (;;) {
      known ??= await readPrefixList(clients.ec2, prefixListId);
      if (!known.isBusy) return known;
      known = undefined;
      await poll();
    }
  }

  async function poll(): Promise<void> {
    if (polls >= mostPolls) {
      const message = `prefix list '${prefixListId}' was being changed for ${(mostPolls * pollInterval) / 1_000} s; the next pass goes on`;
      throw new AlbridgeError('write-failed', message);
    }
    polls += 1;
    await wait(pollInterval);
  }

  function noRoom(addresses: readonly Address[], maxEntries: number): AlbridgeError {
    const message = `prefix list '${prefixListId}' has no room for ${addresses.join(', ')}: it may have ${maxEntries} entries; raise its maximum (each security group that refers to it pays for that in rules), or remove entries`;
    return new AlbridgeError('write-failed', message);
  }
}

function entryOf(cidr: string, isOwn: boolean): Entry[] {
  const address = addressOfHostBlock(cidr);
  if (!address) return [];
  return [{ address, state: 'healthy', id: cidr, ...(!isOwn && { foreign: true as const }) }];
}
