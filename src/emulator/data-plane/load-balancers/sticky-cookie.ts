import { type HeaderPairs, valuesOf } from '../http/header-pairs.ts';

/** Cookies for cross-origin requests stand beside the load balancer's own, with this at the end of their name. */
const CORS_SUFFIX = 'CORS';

/**
 * What a client's cookie says it had before; undefined for none, one that is over, or one nobody made. AWS encrypts
 * what its cookies say; here it is only encoded.
 */
export function readSeal(headers: HeaderPairs, name: string, now: number): string | undefined {
  const found = cookies(headers).get(name) ?? cookies(headers).get(name + CORS_SUFFIX);
  const [until = '', ...kept] = Buffer.from(found ?? '', 'base64url')
    .toString()
    .split(' ');
  return Number(until) > now ? kept.join(' ') : undefined;
}

/** The headers that give a client its cookies; an application's stickiness has no cross-origin one. */
export function sealed(name: string, kept: string, seconds: number, now: number): HeaderPairs {
  const until = now + seconds * 1000;
  const value = Buffer.from(`${until} ${kept}`).toString('base64url');
  const common = `${value}; Expires=${new Date(until).toUTCString()}; Path=/`;
  const own = ['Set-Cookie', `${name}=${common}`] as const;
  if (name.includes('APP')) return [own];
  return [own, ['Set-Cookie', `${name}${CORS_SUFFIX}=${common}; SameSite=None`]];
}

/** Whether an answer sets a cookie. */
export function setsCookie(answer: HeaderPairs, name: string): boolean {
  return valuesOf(answer, 'set-cookie').some((cookie) => cookie.startsWith(`${name}=`));
}

function cookies(headers: HeaderPairs): Map<string, string> {
  const pairs = valuesOf(headers, 'cookie').flatMap((value) => value.split(';'));
  return new Map(
    pairs.map((pair) => {
      const [name = '', ...value] = pair.trim().split('=');
      return [name, value.join('=')];
    }),
  );
}
