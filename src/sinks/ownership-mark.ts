/** The description of the rules and entries that a binding owns (FM13). */
export function ownershipMark(owner: string): string {
  return `albridge: ${owner}`;
}
