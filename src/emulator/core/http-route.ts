/** A request to the emulator's endpoint, its body read whole. */
export interface HttpRequest {
  method: string;
  /** Undecoded path, without the query. */
  path: string;
  query: URLSearchParams;
  /** Lower-case names. */
  headers: Readonly<Record<string, string>>;
  body: Uint8Array;
}

export interface HttpAnswer {
  status: number;
  headers?: Record<string, string>;
  body?: string | Uint8Array;
}

/** The request is never answered: the connection stays open until the client gives up. */
export const noAnswer: unique symbol = Symbol('no answer');

/** Answers what is not a call of an AWS API (the emulator's own paths, callbacks), or leaves it to the next. */
export type HttpRoute = (request: HttpRequest) => Routed | Promise<Routed>;

type Routed = HttpAnswer | typeof noAnswer | undefined;
