import { answerLimit } from './complete-answer.ts';

/** How likely it may be that an address in service was in none of the answers. */
const acceptedChance = 1e-6;

/** How unlikely answers may be as so many draws by chance, before they are taken for something else. */
const suspiciousChance = 1e-3;

/**
 * How many answers, each of them 8 of at most `pool` addresses chosen at random, it takes until every address in
 * service was in one: all but once in a million times, whichever address it would be (union bound).
 */
export function answersNeeded(pool: number): number {
  if (pool <= answerLimit) return 1;
  return Math.ceil(Math.log(acceptedChance / pool) / Math.log(1 - answerLimit / pool));
}

/**
 * Whether answers repeat themselves more than chance does, as those of a cache, or of several, would: absence from
 * them says nothing then. There are `possible` different answers; that at most `different` of them come up in
 * `answers` draws has a chance of at most `possible^different / different! · (different / possible)^answers`.
 *
 * Where all answers are one, it might be that exactly eight addresses are in service; it cannot be told, and counts as
 * repetition.
 */
export function isRepetitive(seen: number, different: number, answers: number): boolean {
  const possible = logBinomial(Math.max(seen, answerLimit + 1), answerLimit);
  const draws = different * possible - logFactorial(different);
  return draws + answers * (Math.log(different) - possible) < Math.log(suspiciousChance);
}

function logBinomial(of: number, chosen: number): number {
  return logFactorial(of) - logFactorial(chosen) - logFactorial(of - chosen);
}

function logFactorial(value: number): number {
  let sum = 0;
  for (let factor = 2; factor <= value; factor++) sum += Math.log(factor);
  return sum;
}
