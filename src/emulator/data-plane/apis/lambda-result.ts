import type { HeaderPairs } from '../http/header-pairs.ts';
import type { GatewayAnswer } from './gateway-answer.ts';

interface Result {
  statusCode?: unknown;
  headers?: Record<string, unknown> | null;
  multiValueHeaders?: Record<string, unknown[]> | null;
  cookies?: string[];
  body?: unknown;
  isBase64Encoded?: boolean;
}

/** What a function returned in the form `{statusCode, headers, body}`; undefined where it is none. */
export function lambdaAnswer(value: unknown): GatewayAnswer | undefined {
  const result = value as Result | null;
  const status = Number(result?.statusCode);
  if (!result || !Number.isInteger(status) || status < 100 || status > 599) return undefined;
  if (result.body !== undefined && result.body !== null && typeof result.body !== 'string') return undefined;
  return {
    status,
    headers: headersOf(result),
    body: Buffer.from(result.body ?? '', result.isBase64Encoded ? 'base64' : 'utf8'),
  };
}

/** The same of payload format 2.0, where whatever has no status code is itself the body. */
export function inferredLambdaAnswer(value: unknown): GatewayAnswer | undefined {
  if (typeof value === 'object' && value !== null && 'statusCode' in value) {
    const answer = lambdaAnswer(value);
    return answer && withType(answer);
  }
  const text = typeof value === 'string' ? value : JSON.stringify(value ?? null);
  return { status: 200, headers: [['Content-Type', 'application/json']], body: Buffer.from(text) };
}

function headersOf({ headers, multiValueHeaders, cookies = [] }: Result): HeaderPairs {
  const many = Object.entries(multiValueHeaders ?? {}).flatMap(([name, values]) =>
    values.map((value) => [name, String(value)] as const),
  );
  const named = new Set(many.map(([name]) => name.toLowerCase()));
  const single = Object.entries(headers ?? {}).map(([name, value]) => [name, String(value)] as const);
  return [
    ...single.filter(([name]) => !named.has(name.toLowerCase()) && name.toLowerCase() !== 'content-length'),
    ...many,
    ...cookies.map((cookie) => ['Set-Cookie', cookie] as const),
  ];
}

function withType(answer: GatewayAnswer): GatewayAnswer {
  const hasType = answer.headers.some(([name]) => name.toLowerCase() === 'content-type');
  if (hasType) return answer;
  return { ...answer, headers: [...answer.headers, ['Content-Type', 'text/plain; charset=utf-8']] };
}
