/** What a DNS name stands for: a database's endpoint, a host of another network. */
export interface DnsName {
  /** IPv4 and IPv6 addresses, for A and AAAA. */
  addresses: readonly string[];
  /** Another name that it stands for instead, as a database cluster's stands for its writer's. */
  alias?: string | undefined;
  /** Seconds that an answer may be kept. */
  ttl: number;
  /** An answer holds at most so many addresses of a kind, chosen at random. @default all of them */
  atMost?: number | undefined;
  /** What asking comes to instead of an answer; `silence` is none at all. */
  failure?: 'SERVFAIL' | 'REFUSED' | 'silence' | undefined;
}

/** DNS names of an account and region, besides those that load balancers have. */
export class Names {
  readonly #names = new Map<string, DnsName>();

  set(name: string, stands: DnsName): void {
    this.#names.set(canonicalName(name), stands);
  }

  get(name: string): DnsName | undefined {
    return this.#names.get(canonicalName(name));
  }

  delete(name: string): boolean {
    return this.#names.delete(canonicalName(name));
  }

  keys(): Iterable<string> {
    return this.#names.keys();
  }
}

/** Names are compared without regard to case, and to the dot of the root. */
export function canonicalName(name: string): string {
  return name.toLowerCase().replace(/\.$/, '');
}
