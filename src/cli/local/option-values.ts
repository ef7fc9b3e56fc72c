import { InvalidArgumentError } from 'commander';

/** A server on this computer, or one that it reaches. */
export interface HostAndPort {
  host: string;
  port: number;
}

/** As many as the template has room for. */
const mostTargets = 5;

/** Reads a number in a range, or says what was wrong with it. */
export function numberBetween(least: number, most: number): (text: string) => number {
  return (text) => {
    const number = Number(text);
    if (text.trim() === '' || !(number >= least && number <= most)) {
      throw new InvalidArgumentError(`'${text}' is not a number from ${least} to ${most}.`);
    }
    return number;
  };
}

/** Reads a whole number in a range, or says what was wrong with it. */
export function wholeNumberBetween(least: number, most: number): (text: string) => number {
  const read = numberBetween(least, most);
  return (text) => {
    const number = read(text);
    if (!Number.isInteger(number)) throw new InvalidArgumentError(`'${text}' is not a whole number.`);
    return number;
  };
}

/** Reads `host:port` and adds it to those given before. */
export function parseTarget(text: string, previous: HostAndPort[]): HostAndPort[] {
  const [, host, digits] = /^(.+):(\d{1,5})$/.exec(text) ?? [];
  const port = Number(digits);
  if (host === undefined || !(port >= 1 && port <= 65535)) {
    throw new InvalidArgumentError(`'${text}' is not host:port, as in localhost:3000.`);
  }
  if (previous.length === mostTargets)
    throw new InvalidArgumentError(`there can be ${mostTargets} targets at the most.`);
  return [...previous, { host: host.replace(/^\[(.+)\]$/, '$1'), port }];
}
