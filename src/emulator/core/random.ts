/** Where every identifier and every choice by chance comes from: a number in [0, 1). */
export type Random = () => number;

/** A small seeded generator (mulberry32): the same seed gives the same world. */
export function seeded(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** `length` characters of lower-case hexadecimal, as EC2 and ELB identifiers end. */
export function hex(random: Random, length: number): string {
  return pick(random, '0123456789abcdef', length);
}

/** `length` lower-case letters and digits, as API Gateway identifiers are made of. */
export function alphanumeric(random: Random, length: number): string {
  return pick(random, 'abcdefghijklmnopqrstuvwxyz0123456789', length);
}

/** A version 4 UUID. */
export function uuid(random: Random): string {
  const digits = hex(random, 32);
  const variant = '89ab'[Math.floor(random() * 4)];
  return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-4${digits.slice(13, 16)}-${variant}${digits.slice(17, 20)}-${digits.slice(20)}`;
}

/** `count` members of `items` in random order; all of them, shuffled, where there are no more. */
export function sample<T>(random: Random, items: readonly T[], count: number): T[] {
  const shuffled = [...items];
  for (let last = shuffled.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    const moved = shuffled[last] as T;
    shuffled[last] = shuffled[other] as T;
    shuffled[other] = moved;
  }
  return shuffled.slice(0, count);
}

function pick(random: Random, alphabet: string, length: number): string {
  const codes: number[] = [];
  for (let index = 0; index < length; index++) {
    codes.push(alphabet.charCodeAt(Math.floor(random() * alphabet.length)));
  }
  return String.fromCharCode(...codes);
}
