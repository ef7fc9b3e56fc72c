import { BadMessage } from './bad-message.ts';
import type { HeaderPairs } from './header-pairs.ts';

/** What a message begins with, without its first line. */
interface Head {
  version: '1.0' | '1.1';
  headers: HeaderPairs;
}

export interface RequestHead extends Head {
  method: string;
  /** As sent: `/path?query`, in most requests. */
  target: string;
}

export interface ResponseHead extends Head {
  status: number;
  reason: string;
}

// RFC 9112 section 3, 4 and 5, and RFC 9110 section 5.5: in reasons and values, text beyond ASCII is passed on as it came.
const REQUEST_LINE = /([!#$%&'*+\-.^`|~\w]+) ((?:[A-Za-z]+:\/)?\/[\x21-\x7e]*|\*) HTTP\/(1\.[01])\r\n/y;
const STATUS_LINE = /HTTP\/(1\.[01]) (\d{3})(?: ([\t\x20-\x7e\x80-\xff]*))?\r\n/y;
const HEADERS = /(?:[!#$%&'*+\-.^`|~\w]+:[\t\x20-\x7e\x80-\xff]*\r\n)*$/y;

/**
 * Reads the text of a head, each of its lines ended.
 *
 * @throws BadMessage
 */
export function readRequestHead(text: string): RequestHead {
  REQUEST_LINE.lastIndex = 0;
  const line = REQUEST_LINE.exec(text);
  if (!line) throw new BadMessage('the first line is none of a request');
  const [{ length }, method = '', target = '', version = ''] = line;
  return { method, target, version: version as Head['version'], headers: readHeaders(text, length) };
}

/**
 * Reads the text of a head, each of its lines ended.
 *
 * @throws BadMessage
 */
export function readResponseHead(text: string): ResponseHead {
  STATUS_LINE.lastIndex = 0;
  const line = STATUS_LINE.exec(text);
  if (!line) throw new BadMessage('the first line is none of a response');
  const [{ length }, version = '', status = '', reason = ''] = line;
  const headers = readHeaders(text, length);
  return { status: Number(status), reason, version: version as Head['version'], headers };
}

/** @throws BadMessage where it would be read as something else than it says */
export function requestHead(method: string, target: string, headers: HeaderPairs): string {
  const line = `${method} ${target} HTTP/1.1\r\n`;
  if (!isWhole(REQUEST_LINE, line)) throw new BadMessage('a request for what cannot be asked for');
  return `${line}${headerLines(headers)}\r\n`;
}

/** @throws BadMessage where it would be read as something else than it says */
export function responseHead(status: number, reason: string, headers: HeaderPairs): string {
  const line = `HTTP/1.1 ${status} ${reason}\r\n`;
  if (!isWhole(STATUS_LINE, line)) throw new BadMessage('an answer with no status, or of more than one line');
  return `${line}${headerLines(headers)}\r\n`;
}

function isWhole(line: RegExp, text: string): boolean {
  line.lastIndex = 0;
  return line.test(text) && line.lastIndex === text.length;
}

/** Whether a line, without its end, is a header and nothing else. */
export function isHeaderLine(line: string): boolean {
  HEADERS.lastIndex = 0;
  return line !== '' && !line.includes('\n') && HEADERS.test(`${line}\r\n`);
}

/** The lines are looked at together, and taken apart after that: each for itself would take several times as long. */
function readHeaders(text: string, start: number): HeaderPairs {
  HEADERS.lastIndex = start;
  if (!HEADERS.test(text)) throw new BadMessage('a line is no header');
  const headers: [string, string][] = [];
  for (let at = start; at < text.length; ) {
    const colon = text.indexOf(':', at);
    const end = text.indexOf('\r\n', colon);
    headers.push([text.slice(at, colon), withoutBlanks(text, colon + 1, end)]);
    at = end + 2;
  }
  return headers;
}

function withoutBlanks(text: string, start: number, end: number): string {
  let from = start;
  let to = end;
  while (from < to && isBlank(text.charCodeAt(from))) from++;
  while (to > from && isBlank(text.charCodeAt(to - 1))) to--;
  return text.slice(from, to);
}

function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x09;
}

/** A line that is made of two is as well formed as any: names and values are looked at for that before. */
function headerLines(headers: HeaderPairs): string {
  let lines = '';
  for (const [name, value] of headers) {
    if (/[:\n]/.test(name) || value.includes('\n'))
      throw new BadMessage('a header that would be read as another');
    lines += `${name}: ${value}\r\n`;
  }
  HEADERS.lastIndex = 0;
  if (!HEADERS.test(lines)) throw new BadMessage('a header that cannot be sent');
  return lines;
}
