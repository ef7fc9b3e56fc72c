import { alphanumeric, type Random } from '../../core/random.ts';

const suffixLength = 12;

/**
 * `<stack>-<logical id>-<12 at random>`; where that is too long, the first two are cut to equal shares of the room,
 * and what one leaves the other may use.
 */
export function physicalName(
  stackName: string,
  logicalId: string,
  maxLength: number,
  random: Random,
): string {
  const room = maxLength - suffixLength - 2;
  const stackLength = Math.max(Math.floor(room / 2), room - logicalId.length);
  const stack = stackName.slice(0, stackLength).replace(/-$/, '');
  const logical = logicalId.slice(0, room - stack.length);
  return `${stack}-${logical}-${alphanumeric(random, suffixLength)}`;
}
