import { type Document, isAlias, isMap, isScalar, isSeq, type Node, parseDocument } from 'yaml';

/** Functions whose short form stands for their bare name; every other `!Name` stands for `Fn::Name`. */
const bareNames = new Set(['Ref', 'Condition']);

/**
 * Reads YAML with CloudFormation's short forms of functions: `!Sub text` is `{ "Fn::Sub": "text" }`.
 *
 * @throws Error as the parser words it, where the text is not YAML
 */
export function parseYaml(text: string): unknown {
  const document = parseDocument(text, { logLevel: 'silent' });
  const [problem] = document.errors;
  if (problem) throw problem;
  return read(document.contents, document);
}

function read(node: unknown, document: Document): unknown {
  if (isAlias(node)) return read(node.resolve(document), document);
  const value = plain(node, document);
  const name = isScalar(node) || isMap(node) || isSeq(node) ? shortForm(node) : undefined;
  return name === undefined ? value : { [name]: value };
}

function plain(node: unknown, document: Document): unknown {
  if (isScalar(node)) return node.value;
  if (isSeq(node)) return node.items.map((item) => read(item, document));
  if (!isMap(node)) return undefined;
  return Object.fromEntries(
    node.items.map(({ key, value }) => [String(read(key, document)), read(value, document)]),
  );
}

function shortForm({ tag }: Node): string | undefined {
  if (!tag?.startsWith('!')) return undefined;
  const name = tag.slice(1);
  return bareNames.has(name) ? name : `Fn::${name}`;
}
