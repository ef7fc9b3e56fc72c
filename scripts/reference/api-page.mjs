// The page of an entry point, from what scripts/reference/read-api.mjs has read.
import { table } from './table.mjs';

/** The page in Markdown. `places` has where types of other entry points are told, by their names. */
export function apiPage({ title, words, exported, places }) {
  const sections = sectionsOf(exported);
  const links = new Map([...places, ...anchorsOf(exported)]);
  const contents = sections.map(
    ([name, found]) => `**${name}**: ${found.map((one) => link(one.name, links)).join(', ')}`,
  );
  const texts = sections.flatMap(([name, found]) => [
    `## ${name}`,
    ...found.flatMap((one) => section(one, links)),
  ]);
  return `${[`# ${title}`, words, ...contents, ...texts].join('\n\n')}\n`;
}

/** Where each export is told on its page: headings that differ in case alone are numbered. */
export function anchorsOf(exported) {
  const taken = new Map();
  return sectionsOf(exported)
    .flatMap(([, found]) => found)
    .map(({ name }) => {
      const anchor = name.toLowerCase();
      const count = taken.get(anchor) ?? 0;
      taken.set(anchor, count + 1);
      return [name, count === 0 ? `#${anchor}` : `#${anchor}-${count}`];
    });
}

function sectionsOf(exported) {
  return [
    ['Classes', exported.filter(({ kind }) => kind === 'class')],
    ['Functions', exported.filter(({ kind }) => kind === 'function' || kind === 'value')],
    ['Properties and options', exported.filter(isTable)],
    ['Types', exported.filter((one) => one.kind === 'type' && !isTable(one))],
  ].filter(([, found]) => found.length > 0);
}

function isTable({ kind, members }) {
  return kind === 'interface' || (kind === 'type' && members.length > 0);
}

function section(one, links) {
  const bases = one.bases.map((base) => linkedCode(base, links)).join(', ');
  return [
    `### ${one.name}`,
    ...(one.words ? [one.words] : []),
    ...(isTable(one) ? fields(one, bases, links) : []),
    ...(one.kind === 'class' ? classParts(one, bases, links) : []),
    ...(one.kind === 'class' || isTable(one) ? [] : [valuesOf(one) ?? linkedCode(one.declaration, links)]),
  ];
}

/** The values of a type, where each is explained. */
function valuesOf({ values = [] }) {
  if (values.length === 0) return undefined;
  return table(
    ['value', ''],
    values.map(({ value, words }) => [`\`${value}\``, cell(words)]),
  );
}

function fields({ members }, bases, links) {
  const sorted = [...members.filter((one) => !one.isOptional), ...members.filter((one) => one.isOptional)];
  const isGiven = sorted.some(({ isOptional }) => isOptional);
  const rows = sorted.map((member) => [
    `\`${member.name}\``,
    tableCode(member.type ?? member.signature.slice(member.name.length), links),
    ...(isGiven ? [member.isOptional ? absence(member) : 'required'] : []),
    cell(member.words),
  ]);
  return [
    ...(rows.length > 0 ? [table(['', 'type', ...(isGiven ? ['default'] : []), ''], rows)] : []),
    ...(bases ? [`${rows.length > 0 ? 'And' : 'Has'} what ${bases} has.`] : []),
  ];
}

function classParts({ name, declaration, members }, bases, links) {
  // What a class of this page has is told there.
  const own = members.filter(({ from, isStatic }) => isStatic || from === name || !links.has(from));
  const rows = (found) => found.map((one) => [signatureCell(one, links), cell(one.words)]);
  const part = (title, found) => (found.length > 0 ? [table([title, ''], rows(found))] : []);
  return [
    ...(declaration ? [linkedCode(declaration, links)] : []),
    ...(bases ? [`Is ${/^.{0,2}[AEIOU]/.test(bases) ? 'an' : 'a'} ${bases}.`] : []),
    ...part(
      'made by',
      own.filter(({ isStatic }) => isStatic),
    ),
    ...part(
      'property',
      own.filter((one) => one.type && !one.isStatic),
    ),
    ...part(
      'method',
      own.filter((one) => one.signature && !one.isStatic),
    ),
  ];
}

function signatureCell({ name, type, signature }, links) {
  return tableCode(signature ?? `${name}: ${type}`, links);
}

/** What holds where it is left out: a value, or `- ` and words. */
function absence({ absent = '' }) {
  if (absent.startsWith('- ')) return cell(absent.slice(2));
  return /^\S+$/.test(absent) ? `\`${absent}\`` : cell(absent);
}

function tableCode(text, links) {
  return linkedCode(text.replace(/ \| undefined$/, ''), links).replaceAll('|', '\\|');
}

/** Code in which the names that have a section link to it. */
function linkedCode(text, links) {
  const parts = text.split(/(?<![\w.'"])([A-Z]\w*)(?![\w'"])/);
  const code = parts.map((part, index) =>
    index % 2 === 1 && links.has(part) ? link(part, links) : part && `\`${part}\``,
  );
  // Code beside code is one piece of code.
  return code.join('').replaceAll('``', '');
}

function link(name, links) {
  return `[\`${name}\`](${links.get(name)})`;
}

function cell(words) {
  return words
    .replaceAll('|', '\\|')
    .replaceAll(/\n\s*\n/g, '<br>')
    .replaceAll(/\s*\n\s*/g, ' ');
}
