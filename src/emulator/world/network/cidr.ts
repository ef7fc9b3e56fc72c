import { BlockList, isIPv4, isIPv6 } from 'node:net';

/** An IPv4 block: its first address and how many it has. */
export interface Block {
  first: number;
  size: number;
  prefix: number;
}

/** A world has few blocks, and asks for the same ones at every look at a target. */
const known = new Map<string, Block | undefined>();
const mostKnown = 1_000;

/** Reads `10.0.0.0/16`; undefined for what is no IPv4 block, or has bits set behind its prefix. */
export function parseBlock(cidr: string): Block | undefined {
  if (known.has(cidr)) return known.get(cidr);
  if (known.size === mostKnown) known.clear();
  const block = readBlock(cidr);
  known.set(cidr, block);
  return block;
}

function readBlock(cidr: string): Block | undefined {
  const [address = '', length = ''] = cidr.split('/');
  const first = parseAddress(address);
  const prefix = Number(length);
  if (first === undefined || !/^\d{1,2}$/.test(length) || prefix > 32) return undefined;
  const size = 2 ** (32 - prefix);
  return first % size === 0 ? { first, size, prefix } : undefined;
}

/** An IPv4 address as a number; undefined for anything else. */
function parseAddress(address: string): number | undefined {
  if (!isIPv4(address)) return undefined;
  return address.split('.').reduce((number, byte) => number * 256 + Number(byte), 0);
}

export function formatAddress(number: number): string {
  return [24, 16, 8, 0].map((bits) => Math.floor(number / 2 ** bits) % 256).join('.');
}

export function formatBlock(block: Block): string {
  return `${formatAddress(block.first)}/${block.prefix}`;
}

export function contains(outer: Block, inner: Block): boolean {
  return inner.first >= outer.first && inner.first + inner.size <= outer.first + outer.size;
}

export function overlaps(one: Block, other: Block): boolean {
  return one.first < other.first + other.size && other.first < one.first + one.size;
}

/** Whether an address lies in a block, both as AWS writes them; an unreadable one lies nowhere. */
export function includes(cidr: string, address: string): boolean {
  if (isIPv6(address)) return includesIpv6(cidr, address);
  const [block, number] = [parseBlock(cidr), parseAddress(address)];
  return (
    block !== undefined && number !== undefined && number >= block.first && number < block.first + block.size
  );
}

function includesIpv6(cidr: string, address: string): boolean {
  if (!isBlock(cidr, 'ipv6')) return false;
  const [first = '', prefix] = cidr.split('/');
  const list = new BlockList();
  list.addSubnet(first, Number(prefix), 'ipv6');
  return list.check(address, 'ipv6');
}

/** Whether it is a block of the family, as `10.0.0.0/16` or `fd00::/8`. */
export function isBlock(cidr: string, family: 'ipv4' | 'ipv6'): boolean {
  if (family === 'ipv4') return parseBlock(cidr) !== undefined;
  const [first = '', prefix = ''] = cidr.split('/');
  return isIPv6(first) && /^\d{1,3}$/.test(prefix) && Number(prefix) <= 128;
}
