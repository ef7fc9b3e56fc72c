/** What a user can mend: told in a line, without a stack trace. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
