import { parseAddress } from '../../src/engine/address.ts';

/** The bytes of an address as text. */
export function formatAddress(bytes: Buffer): string {
  if (bytes.length === 4) return bytes.join('.');
  const groups = Array.from({ length: 8 }, (_, index) => bytes.readUInt16BE(index * 2).toString(16));
  return parseAddress(groups.join(':')) ?? '';
}
