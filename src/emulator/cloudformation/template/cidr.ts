/**
 * The first `count` blocks of a block, each with `cidrBits` bits for hosts, as `Fn::Cidr` cuts them; `undefined`
 * where there is no room. IPv4 unless the block is written with colons.
 */
export function cidrBlocks(block: string, count: number, cidrBits: number | undefined): string[] | undefined {
  const [address = '', prefix] = block.split('/');
  const family = address.includes(':') ? ipv6 : ipv4;
  const start = family.parse(address);
  const size = family.bits - Number(prefix);
  const hostBits = cidrBits ?? (family === ipv6 ? 64 : 8);
  if (start === undefined || prefix === undefined || !(count >= 1 && count <= 256)) return undefined;
  if (!(hostBits >= 1 && hostBits <= size) || count > 2 ** (size - hostBits)) return undefined;
  return Array.from({ length: count }, (_, index) => {
    const network = start + (BigInt(index) << BigInt(hostBits));
    return `${family.format(network)}/${family.bits - hostBits}`;
  });
}

interface Family {
  bits: number;
  parse(address: string): bigint | undefined;
  format(address: bigint): string;
}

const ipv4: Family = {
  bits: 32,
  parse(address) {
    const octets = address.split('.').map(Number);
    if (octets.length !== 4 || octets.some((octet) => !(octet >= 0 && octet <= 255))) return undefined;
    return octets.reduce((whole, octet) => (whole << 8n) | BigInt(octet), 0n);
  },
  format: (address) => [24n, 16n, 8n, 0n].map((shift) => (address >> shift) & 0xffn).join('.'),
};

const ipv6: Family = {
  bits: 128,
  parse(address) {
    const [head = '', tail] = address.split('::');
    const before = head === '' ? [] : head.split(':');
    const after = tail === undefined || tail === '' ? [] : tail.split(':');
    const zeros =
      tail === undefined ? [] : Array<string>(Math.max(0, 8 - before.length - after.length)).fill('0');
    const groups = [...before, ...zeros, ...after];
    if (groups.length !== 8 || groups.some((group) => !/^[0-9a-f]{1,4}$/i.test(group))) return undefined;
    return groups.reduce((whole, group) => (whole << 16n) | BigInt(`0x${group}`), 0n);
  },
  format(address) {
    const groups = Array.from({ length: 8 }, (_, index) =>
      ((address >> BigInt(112 - 16 * index)) & 0xffffn).toString(16),
    );
    return groups.join(':').replace(/(:0)+$/, '::');
  },
};
