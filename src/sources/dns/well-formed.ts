const headerLength = 12;
const internet = 1;
const pointer = 0xc0;
const longestLabel = 63;
const dot = 0x2e;

/** The record types that are read, as RFC 1035 and 3596 number them; addresses with their length in bytes. */
const addressLengths: Readonly<Record<number, number>> = { 1: 4, 28: 16 };
const nameTypes: readonly number[] = [2, 5];

/**
 * Whether the questions and answers of a message fit together to the letter. A decoder that takes an address for four
 * bytes, whatever the record says, would read addresses out of what a broken message happens to hold next (FM1).
 */
export function isWellFormed(message: Buffer): boolean {
  try {
    let at = headerLength;
    for (let left = message.readUInt16BE(4); left > 0; left--) at = endOfName(message, at) + 4;
    for (let left = message.readUInt16BE(6); left > 0; left--) at = endOfRecord(message, at);
    return at <= message.length;
  } catch {
    // A read beyond the end.
    return false;
  }
}

/** A record's name, type (2 bytes), class (2), time to live (4), the data's length (2), and the data. */
function endOfRecord(message: Buffer, start: number): number {
  const at = endOfName(message, start);
  const type = message.readUInt16BE(at);
  const length = message.readUInt16BE(at + 8);
  const data = at + 10;
  const expected =
    addressLengths[type] ?? (nameTypes.includes(type) ? endOfName(message, data) - data : length);
  if (message.readUInt16BE(at + 2) !== internet || length !== expected)
    throw new RangeError('a broken record');
  return data + length;
}

/**
 * Labels up to an empty one, or to a pointer to an earlier name, which ends this one. A label with a dot, or with what is
 * not ASCII, would be taken for another once it is text.
 */
function endOfName(message: Buffer, start: number): number {
  let at = start;
  for (let length = message.readUInt8(at); length !== 0; length = message.readUInt8(at)) {
    if (length >= pointer) return endOfPointer(message, at, start);
    const label = message.subarray(at + 1, at + 1 + length);
    if (length > longestLabel || label.some((byte) => byte >= 0x80 || byte === dot))
      throw new RangeError('a broken name');
    at += 1 + length;
  }
  return at + 1;
}

function endOfPointer(message: Buffer, at: number, start: number): number {
  const target = message.readUInt16BE(at) - (pointer << 8);
  // Back, and so not round and round.
  if (target >= start) throw new RangeError('a name that points on');
  endOfName(message, target);
  return at + 2;
}
