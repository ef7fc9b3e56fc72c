import { formatAddress } from './format-address.ts';

/** A DNS answer, read to the letter of RFC 1035; the measure for what the product makes of it. */
interface StrictMessage {
  id: number;
  isResponse: boolean;
  code: number;
  questions: { name: string; type: number }[];
  answers: { name: string; type: number; addressOrName: string }[];
}

const types = { A: 1, CNAME: 5, AAAA: 28 } as const;
const internet = 1;

/** @throws RangeError where a part of the message is missing, overlong, or points anywhere but back */
function readStrictly(message: Buffer): StrictMessage {
  const [questionCount, answerCount] = [message.readUInt16BE(4), message.readUInt16BE(6)];
  const cursor = { at: 12 };
  const flags = message.readUInt16BE(2);
  const questions = times(questionCount, () => {
    const name = readName(message, cursor);
    return { name, type: take(message, cursor, 2), class: take(message, cursor, 2) };
  });
  const answers = times(answerCount, () => readRecord(message, cursor)).filter(
    (record) => record.class === internet,
  );
  return {
    id: message.readUInt16BE(0),
    isResponse: flags >= 0x8000,
    code: flags & 0xf,
    questions,
    answers,
  };
}

function readRecord(
  message: Buffer,
  cursor: { at: number },
): StrictMessage['answers'][number] & { class: number } {
  const name = readName(message, cursor);
  const type = take(message, cursor, 2);
  const inClass = take(message, cursor, 2);
  take(message, cursor, 4);
  const length = take(message, cursor, 2);
  const end = cursor.at + length;
  if (end > message.length) throw new RangeError('a record ends after the message');
  const addressOrName = readData(message, cursor, { type, length });
  cursor.at = end;
  return { name, type, class: inClass, addressOrName };
}

function readData(
  message: Buffer,
  cursor: { at: number },
  { type, length }: { type: number; length: number },
): string {
  const end = cursor.at + length;
  if (type === types.A || type === types.AAAA) {
    if (length !== (type === types.A ? 4 : 16)) throw new RangeError(`an address of ${length} bytes`);
    return formatAddress(message.subarray(cursor.at, end));
  }
  if (type !== types.CNAME) return '';
  const name = readName(message, cursor);
  if (cursor.at !== end) throw new RangeError('a name is not as long as its record');
  return name;
}

function readName(message: Buffer, cursor: { at: number }): string {
  const labels: string[] = [];
  let at = cursor.at;
  let end: number | undefined;
  for (let least = cursor.at; ; ) {
    const length = message.readUInt8(at);
    if (length === 0) break;
    if (length >= 0xc0) {
      const target = message.readUInt16BE(at) & 0x3fff;
      if (target >= least) throw new RangeError('a name points forward, or at itself');
      end ??= at + 2;
      least = target;
      at = target;
      continue;
    }
    if (length > 63 || at + 1 + length >= message.length)
      throw new RangeError('a label ends after the message');
    labels.push(message.toString('latin1', at + 1, at + 1 + length));
    at += 1 + length;
  }
  cursor.at = end ?? at + 1;
  return labels.join('.').toLowerCase();
}

function take(message: Buffer, cursor: { at: number }, bytes: number): number {
  cursor.at += bytes;
  return message.readUIntBE(cursor.at - bytes, bytes);
}

function times<Item>(count: number, make: () => Item): Item[] {
  return Array.from({ length: count }, make);
}

/** The addresses that the message gives for a name, through its aliases; undefined where it answers something else. */
export function addressesFor(
  message: Buffer,
  { id, name, type }: { id: number; name: string; type: 'A' | 'AAAA' },
): string[] | undefined {
  const { isResponse, code, questions, answers, ...read } = readStrictly(message);
  const [asked] = questions;
  const isOther = asked !== undefined && (asked.name !== name || asked.type !== types[type]);
  if (!isResponse || read.id !== id || code !== 0 || isOther) return undefined;
  const names = new Set([name]);
  for (const alias of [...answers, ...answers, ...answers])
    if (alias.type === types.CNAME && names.has(alias.name)) names.add(alias.addressOrName);
  return answers
    .filter((answer) => answer.type === types[type] && names.has(answer.name))
    .map(({ addressOrName }) => addressOrName);
}
