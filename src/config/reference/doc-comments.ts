/** What the comment of a field says: its meaning, and what holds where it is left out. */
export interface FieldComment {
  meaning: string;
  /** A value. */
  default?: unknown;
  /** In words, where it is no fixed value. */
  defaultWords?: string;
}

/** The comments of an interface, or of a type that adds fields to others. */
export interface InterfaceComment {
  meaning: string;
  fields: ReadonlyMap<string, FieldComment>;
}

const comment = String.raw`(?:/\*\*((?:(?!\*/)[\s\S])*)\*/\s*)?`;
const interfaces = new RegExp(
  `${comment}export (?:interface|type) (\\w+)(?: extends \\w+)?(?: = \\w+ &)? \\{\\n([\\s\\S]*?)\\n\\}`,
  'g',
);
const fields = new RegExp(`${comment}^ {2}([\\w$]+)\\??: `, 'gm');

/** The comments of the interfaces in TypeScript's source, by the names of the interfaces and their fields. */
export function docComments(source: string): ReadonlyMap<string, InterfaceComment> {
  const found = source.matchAll(interfaces);
  return new Map([...found].map(([, text, name = '', body = '']) => [name, interfaceComment(text, body)]));
}

function interfaceComment(text: string | undefined, body: string): InterfaceComment {
  const found = body.matchAll(fields);
  return {
    meaning: fieldComment(text).meaning,
    fields: new Map([...found].map(([, words, name = '']) => [name, fieldComment(words)])),
  };
}

function fieldComment(text = ''): FieldComment {
  const lines = text.split('\n').map((line) => line.replace(/^\s*\*? ?/, '').trim());
  const [meaning = '', absent] = lines
    .join(' ')
    .trim()
    .split(/\s*@default /);
  if (absent === undefined) return { meaning };
  if (absent.startsWith('- ')) return { meaning, defaultWords: absent.slice(2) };
  return { meaning, default: JSON.parse(absent.replaceAll("'", '"')) };
}
