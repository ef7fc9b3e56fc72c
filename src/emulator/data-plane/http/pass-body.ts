import type { IncomingBody } from './incoming-body.ts';

/** What a body is passed on to. */
interface Onward {
  /** False where it is behind, until it has caught up. */
  write(chunk: Uint8Array): boolean;
  end(): void;
  abort(): void;
  /** Sends what is held back to go out with the body's beginning. */
  flush(): void;
}

/** Passes a body on as it comes, at the pace of who takes it: who does so resumes the body once it has caught up. */
export function passBody(body: IncomingBody, onward: Onward): void {
  body.read({
    data(chunk) {
      if (!onward.write(chunk)) body.pause();
    },
    end: () => onward.end(),
    broken: () => onward.abort(),
  });
  onward.flush();
}
