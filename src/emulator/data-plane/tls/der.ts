/** A value in DER (ITU-T X.690), as certificates are written in. */
export type Der = Buffer;

function value(tag: number, ...content: readonly Uint8Array[]): Der {
  const body = Buffer.concat(content);
  return Buffer.concat([Buffer.from([tag]), length(body.length), body]);
}

function length(bytes: number): Buffer {
  if (bytes < 0x80) return Buffer.from([bytes]);
  const digits = Buffer.from(evenHex(bytes.toString(16)), 'hex');
  return Buffer.concat([Buffer.from([0x80 | digits.length]), digits]);
}

export const sequence = (...members: readonly Der[]): Der => value(0x30, ...members);
export const set = (...members: readonly Der[]): Der => value(0x31, ...members);
export const boolean = (truth: boolean): Der => value(0x01, Buffer.from([truth ? 0xff : 0]));
export const octets = (...content: readonly Uint8Array[]): Der => value(0x04, ...content);
export const text = (characters: string): Der => value(0x0c, Buffer.from(characters));

/** Bits by the whole byte. */
export const bits = (content: Uint8Array): Der => value(0x03, Buffer.from([0]), content);

/** A number that is not negative: a leading bit that is set would make it so. */
export function integer(number: number): Der {
  const digits = Buffer.from(evenHex(number.toString(16)), 'hex');
  return (digits[0] ?? 0) & 0x80 ? value(0x02, Buffer.from([0]), digits) : value(0x02, digits);
}

/** A dotted object identifier: the first two numbers share a byte, the others are in groups of seven bits. */
export function identifier(dotted: string): Der {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  return value(0x06, Buffer.from([first * 40 + second, ...rest.flatMap(groupsOfSeven)]));
}

/** A moment by the second, in UTC. */
export function time(milliseconds: number): Der {
  const digits = new Date(milliseconds).toISOString().replace(/\.\d+|[-:T]/g, '');
  return value(0x18, Buffer.from(digits));
}

/** What a context-specific tag stands in front of. */
export const explicit = (tag: number, content: Der): Der => value(0xa0 | tag, content);

/** What a context-specific tag stands in place of the own one of. */
export const implicit = (tag: number, content: Uint8Array): Der => value(0x80 | tag, content);

function groupsOfSeven(number: number): number[] {
  const groups = [number & 0x7f];
  for (let left = number >>> 7; left > 0; left >>>= 7) groups.unshift((left & 0x7f) | 0x80);
  return groups;
}

function evenHex(digits: string): string {
  return digits.length % 2 === 0 ? digits : `0${digits}`;
}
