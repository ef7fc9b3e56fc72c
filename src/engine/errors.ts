/** What has gone wrong. */
export type ErrorCode =
  /** The configuration, or an event that carries one, is not valid; nothing was attempted. */
  | 'invalid-config'
  /** The parameters that hold the configuration could not be read; nothing was attempted. */
  | 'parameters-unread'
  /** A role that a source or a sink is reached by could not be assumed. */
  | 'role-refused'
  /** A source could not tell its addresses: nothing is removed on its word. */
  | 'source-unknown'
  /** A source could not confirm what became of addresses that it no longer names. */
  | 'unconfirmed'
  /** A sink could not be read: nothing was changed. */
  | 'sink-unreadable'
  /** The sink is not what the configuration takes it for: nothing was changed. */
  | 'sink-mismatch'
  /** The sink refused a write; what was written before stands, the next pass completes it. */
  | 'write-failed'
  /** Messages for later passes could not be sent: those passes are left to the schedule. */
  | 'dispatch-failed'
  /** One or more bindings failed, each named in the message; all were attempted. */
  | 'bindings-failed';

/** Every error albridge reports: `code` to decide by, `message` to act on, `cause` for what lies beneath. */
export class AlbridgeError extends Error {
  override readonly name = 'AlbridgeError';
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** The error itself when it is one of ours, else one of ours around it. */
export function asAlbridgeError(error: unknown, code: ErrorCode): AlbridgeError {
  if (error instanceof AlbridgeError) return error;
  return new AlbridgeError(code, messageOf(error), { cause: error });
}

/** What an unknown thrown value says. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message || error.name : String(error);
}
