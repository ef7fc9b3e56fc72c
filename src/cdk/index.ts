export {
  AddressSource,
  type DnsSourceOptions,
  type LoadBalancerSourceOptions,
  type NetworkInterfacesSourceProps,
} from './address-source.ts';
export { AddressSync, type AddressSyncOptions, type PassMetricOptions } from './address-sync.ts';
export {
  AddressesTarget,
  type AddressesTargetOptions,
  DnsTarget,
  type DnsTargetOptions,
  LoadBalancerAddressesTarget,
  type LoadBalancerAddressesTargetOptions,
  VpcEndpointTarget,
  type VpcEndpointTargetOptions,
} from './addresses-target.ts';
export type { AlbTarget } from './alb-target.ts';
export { AllowListSync, type AllowListSyncProps } from './allow-list-sync.ts';
export { ApiGatewayAlbBridge } from './api-gateway-alb-bridge.ts';
export type { ApiGatewayAlbBridgeProps } from './api-gateway-alb-bridge-props.ts';
export type { BridgeApiOptions, BridgeApiType, BridgeCanary } from './bridge-api-options.ts';
export type { BridgeFunctionOptions } from './bridge-function.ts';
export type { BridgeIngress, BridgePath } from './bridge-path.ts';
export { PrivateIps, type PrivateIpsProps } from './private-ips.ts';
export type { ReachOptions } from './reach-options.ts';
export { SyncAccessRole, type SyncAccessRoleProps } from './sync-access-role.ts';
export type { SyncAlarms, SyncAlarmsOptions } from './sync-alarms.ts';
export { SyncFunction } from './sync-function.ts';
export type { SyncFunctionOptions } from './sync-function-options.ts';
export type { SourceKind } from './sync-permissions.ts';
export {
  TargetGroupSync,
  type TargetGroupSyncOptions,
  type TargetGroupSyncProps,
} from './target-group-sync.ts';
