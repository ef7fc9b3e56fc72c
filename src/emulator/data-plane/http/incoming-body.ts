/** What takes a body as it comes. */
export interface BodySink {
  data(chunk: Buffer): void;
  end(): void;
  /** The connection broke first. */
  broken(): void;
}

/** Takes what nobody wants to have. */
export const discard: BodySink = { data() {}, end() {}, broken() {} };

/** A message's body on its way in: nothing of it is taken from the connection before somebody reads it. */
export class IncomingBody {
  readonly #changed: () => void;
  #sink: BodySink | undefined;
  #isPaused = false;
  #state: 'open' | 'ended' | 'broken' = 'open';

  /** Has `changed` called whenever it may flow again. */
  constructor(changed: () => void) {
    this.#changed = changed;
  }

  /** Whether something is still to come. */
  get isOpen(): boolean {
    return this.#state === 'open';
  }

  /** Whether somebody takes what comes. */
  get isFlowing(): boolean {
    return this.#sink !== undefined && !this.#isPaused && this.isOpen;
  }

  /** Gives what is to come to the sink, in place of another. */
  read(sink: BodySink): void {
    this.#sink = sink;
    this.#isPaused = false;
    if (this.#state === 'ended') sink.end();
    else if (this.#state === 'broken') sink.broken();
    else this.#changed();
  }

  pause(): void {
    this.#isPaused = true;
  }

  resume(): void {
    if (!this.#isPaused) return;
    this.#isPaused = false;
    if (this.isOpen) this.#changed();
  }

  /** Of who takes it from the connection. */
  push(chunk: Buffer): void {
    this.#sink?.data(chunk);
  }

  finish(): void {
    this.#state = 'ended';
    this.#sink?.end();
  }

  break(): void {
    if (!this.isOpen) return;
    this.#state = 'broken';
    this.#sink?.broken();
  }
}
