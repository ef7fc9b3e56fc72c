import type { Clock } from '../clock/clock.ts';
import { hex, type Random } from '../core/random.ts';
import { type HeaderPairs, valuesOf } from './http/header-pairs.ts';

const HEADER = 'X-Amzn-Trace-Id';

/** The headers with a trace id: the one they came with, or a new one. */
export function traced(pairs: HeaderPairs, clock: Clock, random: Random): HeaderPairs {
  if (valuesOf(pairs, HEADER).length > 0) return pairs;
  const seconds = Math.floor(clock.now() / 1000).toString(16);
  return [...pairs, [HEADER, `Root=1-${seconds}-${hex(random, 24)}`]];
}
