/** A table in Markdown; empty titles and cells are as narrow as they can be. */
export function table(titles, rows) {
  const lines = [titles, ...rows].map((row) => `| ${row.join(' | ')} |`.replaceAll(/\| {2}(?=\|)/g, '| '));
  return lines.toSpliced(1, 0, `|${'---|'.repeat(titles.length)}`).join('\n');
}
