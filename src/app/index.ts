export type { Role } from '../aws/assumed-role.ts';
export { type AwsClients, type AwsClientsOf, createClients } from '../aws/clients.ts';
export { type ClientsOptions, clientsByReach } from '../aws/clients-by-reach.ts';
export type {
  BindingConfig,
  Config,
  DnsSourceConfig,
  LoadBalancerSourceConfig,
  MergedSourceConfig,
  NamedSinkConfig,
  NetworkInterfacesSourceConfig,
  PartSourceConfig,
  PolicyConfig,
  PortRangeConfig,
  PrefixListSinkConfig,
  ReachConfig,
  RoleConfig,
  SecurityGroupSinkConfig,
  SinkConfig,
  SourceConfig,
  StaticSourceConfig,
  TargetGroupSinkConfig,
  VpcEndpointSourceConfig,
} from '../config/config.ts';
export { parseConfig } from '../config/parse-config.ts';
export { parseConfigFile } from '../config/parse-config-file.ts';
export type { Address } from '../engine/address.ts';
export { AlbridgeError, type ErrorCode } from '../engine/errors.ts';
export type { Fate, Fates } from '../engine/fate.ts';
export type { Network } from '../engine/network.ts';
export {
  complete,
  type Known,
  type Observation,
  sample,
  type Unknown,
  unknown,
} from '../engine/observation.ts';
export type { Outcome, Removed } from '../engine/outcome.ts';
export { type Plan, type PlanInput, plan, type Withheld } from '../engine/plan.ts';
export type { Policy } from '../engine/policy.ts';
export { type Binding, reconcile, reconcileTogether } from '../engine/reconcile.ts';
export type { KeepReason, Removal, RemovalCause } from '../engine/removal.ts';
export type { Contents, Entry, EntryState, Sink, Written } from '../engine/sink.ts';
export type { Source } from '../engine/source.ts';
export { type KeptZones, keptZones } from '../sinks/kept-zones.ts';
export { type KeptAnswers, keptAnswers } from '../sources/dns/kept-answers.ts';
export type { NameAddresses, NameQuery } from '../sources/dns/look-up-name.ts';
export type {
  Answered,
  DnsAnswer,
  DnsFailure,
  DnsQuestion,
  DnsType,
  Resolve,
  Unanswered,
} from '../sources/dns/question.ts';
export { dnsResolver, type ResolverOptions } from '../sources/dns/resolver.ts';
export { type LastSuccesses, lastSuccesses } from './last-successes.ts';
export { type RunOptions, run, throwIfFailed } from './run.ts';
export { type Reach, type WiredBinding, wire } from './wire.ts';
