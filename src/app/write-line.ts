/** A line of the log, as it is: before those of `console.log` Lambda puts a prefix that no reader of JSON takes. */
export function writeLine(line: string): void {
  process.stdout.write(`${line}\n`);
}
