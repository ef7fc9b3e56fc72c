/** A message that is not HTTP/1.1, or that two readers could take for different ones: read, or about to be sent. */
export class BadMessage extends Error {
  override readonly name = 'BadMessage';
  /** What a server answers it with. */
  readonly status: 400 | 431 | 501;

  constructor(message: string, status: 400 | 431 | 501 = 400) {
    super(message);
    this.status = status;
  }
}
