/**
 * An IPv4 or IPv6 address in canonical text (RFC 5952 for IPv6), so that equal addresses are equal strings. Whatever
 * comes from outside passes `parseAddress` first.
 */
export type Address = string;

export type AddressFamily = 'ipv4' | 'ipv6';

/** The address in canonical form; undefined when the text is none. */
export function parseAddress(text: string): Address | undefined {
  const octets = ipv4Octets(text);
  if (octets) return octets.join('.');
  const groups = ipv6Groups(text);
  return groups && formatIpv6(groups);
}

export function addressFamily(address: Address): AddressFamily {
  return address.includes(':') ? 'ipv6' : 'ipv4';
}

/** Numeric order, IPv4 before IPv6: the order of everything a plan lists. */
export function compareAddresses(first: Address, second: Address): number {
  const [family, otherFamily] = [addressFamily(first), addressFamily(second)];
  if (family !== otherFamily) return family === 'ipv4' ? -1 : 1;
  const difference = addressBits(first) - addressBits(second);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** Without repetitions, in numeric order. */
export function sortAddresses(addresses: Iterable<Address>): Address[] {
  return [...new Set(addresses)].sort(compareAddresses);
}

/** The address as one number of 32 or 128 bits. */
export function addressBits(address: Address): bigint {
  const octets = ipv4Octets(address);
  if (octets) return octets.reduce((bits, octet) => (bits << 8n) | BigInt(octet), 0n);
  return (ipv6Groups(address) ?? []).reduce((bits, group) => (bits << 16n) | BigInt(group), 0n);
}

function ipv4Octets(text: string): number[] | undefined {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part))) return undefined;
  const octets = parts.map(Number);
  return octets.every((octet) => octet <= 255) ? octets : undefined;
}

/** The eight groups of an IPv6 address, `::` and a dotted IPv4 ending written out. */
function ipv6Groups(text: string): number[] | undefined {
  const halves = withoutDottedEnding(text).split('::');
  if (halves.length > 2) return undefined;
  const [head, tail] = halves.map(groupsOf);
  if (!head) return undefined;
  if (halves.length === 1) return head.length === 8 ? head : undefined;
  if (!tail || head.length + tail.length > 7) return undefined;
  return [...head, ...new Array<number>(8 - head.length - tail.length).fill(0), ...tail];
}

/** `::ffff:10.0.0.1` as `::ffff:a00:1`. */
function withoutDottedEnding(text: string): string {
  const start = text.lastIndexOf(':') + 1;
  const octets = ipv4Octets(text.slice(start));
  if (!octets) return text;
  const [a = 0, b = 0, c = 0, d = 0] = octets;
  return `${text.slice(0, start)}${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`;
}

function groupsOf(text: string): number[] | undefined {
  if (text === '') return [];
  const parts = text.split(':');
  if (!parts.every((part) => /^[0-9a-f]{1,4}$/i.test(part))) return undefined;
  return parts.map((part) => Number.parseInt(part, 16));
}

/** RFC 5952: lower case, no leading zeros, the longest run of two or more zero groups (the first of equals) as `::`. */
function formatIpv6(groups: readonly number[]): Address {
  const run = longestZeroRun(groups);
  const hexadecimal = (part: readonly number[]): string => part.map((group) => group.toString(16)).join(':');
  if (run.length < 2) return hexadecimal(groups);
  return `${hexadecimal(groups.slice(0, run.start))}::${hexadecimal(groups.slice(run.start + run.length))}`;
}

function longestZeroRun(groups: readonly number[]): { start: number; length: number } {
  let longest = { start: 0, length: 0 };
  let current = { start: 0, length: 0 };
  groups.forEach((group, index) => {
    if (group !== 0) current = { start: index + 1, length: 0 };
    else current = { start: current.start, length: current.length + 1 };
    if (current.length > longest.length) longest = current;
  });
  return longest;
}
