/** What DNS is asked. */
export interface DnsQuestion {
  name: string;
  type: DnsType;
  /**
   * Name servers to ask, in this order: `10.0.0.2` or `10.0.0.2:53`.
   *
   * @default the system's
   */
  servers?: readonly string[] | undefined;
  /** Asks servers for what they hold themselves, and not for what they can find out. @default false */
  authoritative?: boolean | undefined;
}

/** The kinds of records that are asked for. */
export type DnsType = 'A' | 'AAAA' | 'NS';

/** What came of a question to DNS. */
export type DnsAnswer = Answered | Unanswered;

/** DNS has answered. */
export interface Answered {
  kind: 'answered';
  /** At least one address in canonical form, or name; without repetitions. */
  values: readonly string[];
  /** How long all of it may be kept, in seconds. */
  ttl: number;
  /** There is more that did not fit. */
  truncated: boolean;
  /** From a server that holds the name itself: not out of a cache. */
  authoritative: boolean;
}

/** Nobody said what the name stands for; it says nothing about what it stood for before. */
export interface Unanswered {
  kind: 'unanswered';
  failure: DnsFailure;
  /** Whom was asked for what, and what came of it. */
  message: string;
}

/** Why DNS has not answered. */
export type DnsFailure =
  /** NXDOMAIN: there is no such name. */
  | 'no-such-name'
  /** The name has no record of the type. */
  | 'no-records'
  /** SERVFAIL: the server could not find out. */
  | 'server-failure'
  /** REFUSED, or another code. */
  | 'refused'
  /** No answer in time. */
  | 'no-answer'
  /** No server could be reached, or there is none to ask. */
  | 'unreachable'
  /** An answer that is none. */
  | 'malformed';

/** Asks DNS; never rejects. */
export type Resolve = (question: DnsQuestion) => Promise<DnsAnswer>;
