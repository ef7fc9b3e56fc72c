import type { PolicyConfig, SinkConfig, SourceConfig } from '../../src/config/config.ts';
import { addressFamily } from '../../src/engine/address.ts';
import type { Dice } from '../dice.ts';
import type { Held, Standing } from '../truth/standing.ts';

/** A source of the simulated configuration, and how things stand with it in truth. */
export interface SimulatedSource {
  /** What a run that starts now is told. */
  config(): SourceConfig;
  /** What it has to be shown before it knows anything, as `readKeys` names it; nothing where its word is the configuration. */
  reads: readonly string[];
  standings(): ReadonlyMap<string, Standing>;
  /** Whether somebody can tell, when it no longer names an address, that the address is gone. */
  tellsWhatIsGone: boolean;
  /** Changes it by chance, and tells how. */
  change?(dice: Dice): string;
  /** Brings it to where its reads can tell all of it. */
  settle?(): void;
}

/** What names a sink in a call. */
export interface SinkReference {
  targetGroupArn?: string | undefined;
  groupId?: string | undefined;
  prefixListId?: string | undefined;
}

/** A sink of the simulated configuration, and how things stand with it in truth. */
export interface SimulatedSink {
  config: SinkConfig;
  isSinkOf(reference: SinkReference): boolean;
  /** The ports that it is about; none where entries have no port. */
  ports: readonly number[];
  /** Of the addresses that it can hold. */
  families: readonly ('ipv4' | 'ipv6')[];
  held(owner: string): ReadonlyMap<string, Held>;
  /** A write that AWS has accepted, and that takes effect later. */
  accepted?(kind: 'add' | 'remove', addresses: readonly string[]): void;
  /** Targets, rules or entries that fit in, others' apart. @default as many as AWS takes */
  room?: number | undefined;
}

/** One pass of the simulated configuration: a source, one of its sinks, and a policy. */
export interface SimulatedBinding {
  name: string;
  source: SimulatedSource;
  sink: SimulatedSink;
  policy: PolicyConfig;
}

export function isOfFamily({ families }: SimulatedSink, address: string): boolean {
  return families.includes(addressFamily(address));
}
