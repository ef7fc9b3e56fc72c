import type { Answered } from './question.ts';

/** Route 53 answers at most so many of a name's addresses, chosen at random: fewer are all there are (FM3). */
export const answerLimit = 8;

/** Whether an answer has all of the name's addresses: fewer than a sample has, and none cut off. */
export function isComplete({ values, truncated }: Answered): boolean {
  return !truncated && values.length < answerLimit;
}
