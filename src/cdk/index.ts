export type { AlbTarget } from './bridge/alb-target.ts';
export { ApiGatewayAlbBridge } from './bridge/api-gateway-alb-bridge.ts';
export type { ApiGatewayAlbBridgeProps } from './bridge/api-gateway-alb-bridge-props.ts';
export type { BridgeApiOptions, BridgeApiType, BridgeCanary } from './bridge/api-options.ts';
export type { BridgeIngress, BridgePath } from './bridge/path.ts';
export { PrivateIps, type PrivateIpsProps } from './bridge/private-ips.ts';
export type { BridgeFunctionOptions } from './bridge-function.ts';
export {
  AddressSource,
  type DnsSourceOptions,
  type LoadBalancerSourceOptions,
  type NetworkInterfacesSourceProps,
} from './sync/address-source.ts';
export { AddressSync, type AddressSyncOptions, type PassMetricOptions } from './sync/address-sync.ts';
export {
  AddressesTarget,
  type AddressesTargetOptions,
  DnsTarget,
  type DnsTargetOptions,
  LoadBalancerAddressesTarget,
  type LoadBalancerAddressesTargetOptions,
  VpcEndpointTarget,
  type VpcEndpointTargetOptions,
} from './sync/addresses-target.ts';
export { AllowListSync, type AllowListSyncProps } from './sync/allow-list-sync.ts';
export type { ReachOptions } from './sync/reach-options.ts';
export { SyncAccessRole, type SyncAccessRoleProps } from './sync/sync-access-role.ts';
export type { SyncAlarms, SyncAlarmsOptions } from './sync/sync-alarms.ts';
export { SyncFunction } from './sync/sync-function.ts';
export type { SyncFunctionOptions } from './sync/sync-function-options.ts';
export type { SourceKind } from './sync/sync-permissions.ts';
export {
  TargetGroupSync,
  type TargetGroupSyncOptions,
  type TargetGroupSyncProps,
} from './sync/target-group-sync.ts';
