import { Document, isMap, isScalar, isSeq, type Node, Pair, Scalar, YAMLMap, YAMLSeq } from 'yaml';
import { inReadingOrder } from './in-reading-order.ts';
import { joinAsSub } from './join-as-sub.ts';

/** Functions that have a short form; those of rules alone are written out, as in AWS's own examples. */
const short =
  /^(Ref|Condition|Fn::(And|Cidr|Equals|FindInMap|GetAtt|GetAZs|If|Join|Not|Or|Select|Split|Sub))$/;

/** Sections that are tables: each of their smallest records has a line. */
const tables = ['Metadata', 'Mappings'];

const width = 110;

/** A template as YAML, as a person would write it: `!Ref`, `!Sub`, short lists on one line. */
export function templateYaml(template: Readonly<Record<string, unknown>>): string {
  // What reads the file may be of YAML 1.1, to which `2012-10-17` is a date and `off` is false.
  const document = new Document(null, { aliasDuplicateObjects: false, version: '1.1' });
  const sections = Object.entries(inReadingOrder(template)).map(([name, section]) => {
    const content = node(section);
    if (tables.includes(name)) flatten(content);
    if (name === 'Resources') spread(content);
    return new Pair(scalar(name), content);
  });
  const contents = new YAMLMap<Scalar, Node>();
  contents.items = sections;
  spread(contents);
  document.contents = contents as unknown as typeof document.contents;
  return document.toString({
    directives: false,
    flowCollectionPadding: false,
    // Neither folds text nor breaks lists: what is too wide is already on several lines.
    lineWidth: 0,
    singleQuote: true,
  });
}

function node(value: unknown, depth = 0): Node {
  const call = functionCall(value);
  if (call) return functionNode(call, depth);
  if (Array.isArray(value)) return list(value, depth);
  return typeof value === 'object' && value !== null ? record(value, depth) : scalar(value);
}

interface FunctionCall {
  name: string;
  argument: unknown;
}

function functionCall(value: unknown): FunctionCall | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const [[name = '', argument] = [], ...others] = Object.entries(value);
  if (others.length > 0 || !short.test(name)) return undefined;
  return name === 'Fn::Join' ? (joinAsSub(argument) ?? { name, argument }) : { name, argument };
}

function functionNode({ name, argument }: FunctionCall, depth: number): Node {
  const isAttribute = name === 'Fn::GetAtt' && Array.isArray(argument);
  const inner = isAttribute ? scalar(argument.join('.')) : node(argument, depth);
  // A node has one tag: where the argument is a function too, the outer one is written out.
  if (inner.tag !== undefined) return pairOf(name, inner);
  inner.tag = `!${name.replace('Fn::', '')}`;
  return inner;
}

function pairOf(name: string, content: Node): Node {
  const map = new YAMLMap<Scalar, Node>();
  map.items = [new Pair(scalar(name), content)];
  return map;
}

function list(values: readonly unknown[], depth: number): Node {
  const items = new YAMLSeq<Node>();
  items.items = values.map((value) => node(value, depth + 1));
  items.flow = fitsOnALine(items, depth);
  return items;
}

function record(value: object, depth: number): Node {
  const map = new YAMLMap<Scalar, Node>();
  map.items = Object.entries(value).map(([key, item]) => new Pair(scalar(key), node(item, depth + 1)));
  return map;
}

function scalar(value: unknown): Scalar {
  const made = new Scalar(value);
  if (typeof value === 'string' && value.includes('\n')) made.type = Scalar.BLOCK_LITERAL;
  return made;
}

function fitsOnALine(items: YAMLSeq<Node>, depth: number): boolean {
  const line = onALine(items);
  // A key or a dash comes before it, and its own indentation.
  return line !== undefined && line.length + 2 * depth + 16 < width;
}

/** Roughly what a list or a function takes on a line; `undefined` for what is better on several. */
function onALine(item: unknown): string | undefined {
  if (isScalar(item)) {
    const text = String(item.value);
    return text.includes('\n') ? undefined : `${item.tag ?? ''} ${text}`;
  }
  if (!isSeq(item)) return undefined;
  const parts = item.items.map(onALine);
  return parts.includes(undefined) ? undefined : `${item.tag ?? ''} [${parts.join(', ')}]`;
}

function flatten(content: unknown): void {
  if (isSeq(content)) content.items.forEach(flatten);
  if (!isMap(content)) return;
  content.flow = content.items.every(({ value }) => isScalar(value));
  for (const { value } of content.items) flatten(value);
}

/** An empty line between members. */
function spread(content: unknown): void {
  if (!isMap(content)) return;
  for (const { key } of content.items.slice(1)) if (isScalar(key)) key.spaceBefore = true;
}
