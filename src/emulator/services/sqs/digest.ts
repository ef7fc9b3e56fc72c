import { createHash, type Hash } from 'node:crypto';
import type { MessageAttributeValue } from '@aws-sdk/client-sqs';

/** By which clients see that a body arrived whole. */
export function bodyDigest(body: string): string {
  return createHash('md5').update(body).digest('hex');
}

/** The same of attributes: by name, each name, type and value with its length before it; undefined for none. */
export function attributesDigest(
  attributes: Readonly<Record<string, MessageAttributeValue>>,
): string | undefined {
  const names = Object.keys(attributes).sort();
  if (names.length === 0) return undefined;
  const hash = createHash('md5');
  for (const name of names) {
    const { DataType = '', StringValue, BinaryValue } = attributes[name] ?? {};
    add(hash, Buffer.from(name));
    add(hash, Buffer.from(DataType));
    const isBinary = DataType.startsWith('Binary');
    hash.update(Uint8Array.of(isBinary ? 2 : 1));
    add(hash, isBinary ? (BinaryValue ?? new Uint8Array()) : Buffer.from(StringValue ?? ''));
  }
  return hash.digest('hex');
}

function add(hash: Hash, bytes: Uint8Array): void {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  hash.update(length).update(bytes);
}
