import { canonicalName } from '../../world/names/names.ts';

const typeCodes = { A: 1, NS: 2, CNAME: 5, AAAA: 28 } as const;

export interface DnsRecord {
  name: string;
  type: keyof typeof typeCodes;
  /** In seconds. */
  ttl: number;
  /** An address or a name. */
  value: string;
}

const internetClass = 1;

/** Where the name of the question stands in every message, as a compression pointer (RFC 1035 section 4.1.4). */
const questionName = Buffer.from([0xc0, 0x0c]);

/** A record on the wire; dns-packet would repeat the name in each, and eight of them would not fit into 512 bytes. */
export function encodeRecord({ name, type, ttl, value }: DnsRecord, question: string): Buffer {
  const owner = canonicalName(name) === canonicalName(question) ? questionName : encodeName(name);
  const data = encodeData(type, value);
  const fixed = Buffer.alloc(10);
  fixed.writeUInt16BE(typeCodes[type], 0);
  fixed.writeUInt16BE(internetClass, 2);
  fixed.writeUInt32BE(ttl, 4);
  fixed.writeUInt16BE(data.length, 8);
  return Buffer.concat([owner, fixed, data]);
}

function encodeData(type: DnsRecord['type'], value: string): Buffer {
  if (type === 'A') return Buffer.from(value.split('.').map(Number));
  return type === 'AAAA' ? encodeIpv6(value) : encodeName(value);
}

function encodeName(name: string): Buffer {
  const labels = canonicalName(name).split('.');
  return Buffer.concat([
    ...labels.flatMap((label) => [Buffer.from([label.length]), Buffer.from(label)]),
    Buffer.alloc(1),
  ]);
}

function encodeIpv6(address: string): Buffer {
  const [head = '', tail] = address.split('::');
  const groups = (part: string | undefined): string[] => (part ? part.split(':') : []);
  const missing = 8 - groups(head).length - groups(tail).length;
  const all = [...groups(head), ...new Array<string>(missing).fill('0'), ...groups(tail)];
  const data = Buffer.alloc(16);
  all.forEach((group, index) => {
    data.writeUInt16BE(Number.parseInt(group, 16), 2 * index);
  });
  return data;
}
