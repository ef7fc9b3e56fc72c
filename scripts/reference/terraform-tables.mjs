// The tables of terraform/README.md, from the module's own files. It reads what `terraform fmt` writes, by indentation,
// and no HCL beyond that.

/** Kinds of blocks that a module has at its outermost; others are not ours to read. */
const blockStart = /^(variable|output) "(\w+)" \{$/;
const attributeStart = /^ {2}(\w+) += (.*)$/;
const nestedBlockStart = /^ {2}\w+ \{$/;

/**
 * @param {string[]} sources the texts of the module's files
 * @returns {Record<string, string>} Markdown by the name of its place: `inputs`, `outputs`
 */
export function terraformTables(sources) {
  const blocks = sources.flatMap(blocksOf);
  const variables = blocks.filter(({ kind }) => kind === 'variable').map(variableOf);
  const outputs = blocks.filter(({ kind }) => kind === 'output');
  return {
    inputs: [
      table(['variable', 'type', 'default', ''], variables.map(variableRow)),
      ...variables.filter(({ type }) => type.includes('\n')).map(typeSection),
    ].join('\n\n'),
    outputs: table(
      ['output', ''],
      outputs.map(({ name, attributes }) => [`\`${name}\``, textOf(attributes.description, name)]),
    ),
  };
}

/** The outermost blocks of a file, each with its attributes as they are written. */
function blocksOf(source) {
  const lines = source.split('\n');
  return lines.flatMap((line, index) => {
    const [, kind, name] = blockStart.exec(line) ?? [];
    if (kind === undefined) return [];
    const body = lines.slice(index + 1, lines.indexOf('}', index));
    return [{ kind, name, attributes: attributesOf(body, `${kind} "${name}"`) }];
  });
}

function attributesOf(body, place) {
  const attributes = {};
  let lines;
  for (const line of body) {
    const [, key, value] = attributeStart.exec(line) ?? [];
    const isInside = line === '' || /^ {2}[ )\]}]/.test(line);
    if (key !== undefined) attributes[key] = lines = [value];
    else if (nestedBlockStart.test(line)) lines = [];
    else if (isInside && lines) lines.push(line.slice(2));
    else if (line !== '' && !/^ {2}#/.test(line)) throw new Error(`${place} is not formatted: ${line}`);
  }
  return Object.fromEntries(Object.entries(attributes).map(([key, all]) => [key, all.join('\n').trim()]));
}

function variableOf({ name, attributes }) {
  const { description, type, default: fallback } = attributes;
  if (type === undefined) throw new Error(`variable "${name}" has no type: give it one`);
  return { name, type, fallback, description: textOf(description, name) };
}

function variableRow({ name, type, fallback, description }) {
  const shownType = type.includes('\n') ? `[${type.split('(')[0]}](#${name})` : `\`${type}\``;
  const shownDefault = fallback === undefined ? 'required' : fallback === 'null' ? 'none' : `\`${fallback}\``;
  return [`\`${name}\``, shownType, shownDefault, description];
}

function typeSection({ name, type }) {
  return `#### \`${name}\`\n\n\`\`\`hcl\n${type}\n\`\`\``;
}

function textOf(literal, name) {
  if (literal === undefined) throw new Error(`"${name}" has no description: give it one`);
  return JSON.parse(literal);
}

function table(head, rows) {
  const line = (cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), `|${head.map(() => '---|').join('')}`, ...rows.map(line)].join('\n');
}
