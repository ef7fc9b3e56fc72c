import type { Cell } from '../../../src/emulator/core/cell.ts';
import { currentEntries } from '../../../src/emulator/world/network/prefix-list.ts';
import { addressOfHostBlock } from '../../../src/sinks/host-block.ts';
import { ownershipMark } from '../../../src/sinks/ownership-mark.ts';
import type { Held } from '../../truth/standing.ts';
import type { SimulatedSink } from '../simulated-binding.ts';

/** A change that AWS has accepted, and that is not in the list yet. */
interface Pending {
  /** The version that has it. */
  version: number;
  kind: 'add' | 'remove';
  addresses: readonly string[];
}

export function prefixListSink(cell: Cell, id: string): SimulatedSink {
  let pending: Pending | undefined;
  return {
    config: { type: 'prefix-list', id },
    isSinkOf: ({ prefixListId }) => prefixListId === id,
    ports: [],
    families: ['ipv4'],
    held(owner) {
      const held = entriesOf(cell, id, owner);
      const version = cell.network.prefixLists.get(id)?.version ?? 0;
      if (pending === undefined || version >= pending.version) return held;
      for (const address of pending.addresses) {
        held.set(address, pending.kind === 'add' ? 'adding' : 'removing');
      }
      return held;
    },
    accepted(kind, addresses) {
      const version = cell.network.prefixLists.get(id)?.version ?? 0;
      pending = { version: version + 1, kind, addresses };
    },
  };
}

function entriesOf(cell: Cell, id: string, owner: string): Map<string, Held> {
  const list = cell.network.prefixLists.get(id);
  const held = new Map<string, Held>();
  for (const { cidr, description } of list ? currentEntries(list) : []) {
    const address = addressOfHostBlock(cidr);
    if (address) held.set(address, description === ownershipMark(owner) ? 'healthy' : 'foreign');
  }
  return held;
}
