import type { DnsName } from '../../world/names/names.ts';

/** What DNS holds about a name. */
export interface NameRecords extends Omit<DnsName, 'atMost'> {
  /** Names of the servers, where the name is that of a zone. */
  nameServers?: readonly string[];
}
