export type { AlbTarget } from './alb-target.ts';
export { ApiGatewayAlbBridge, type ApiGatewayAlbBridgeProps } from './api-gateway-alb-bridge.ts';
export type { BridgeApiOptions, BridgeApiType, BridgeCanary } from './bridge-api-options.ts';
export type { BridgeFunctionOptions } from './bridge-function.ts';
export type { BridgePath } from './bridge-path.ts';
export { PrivateIps, type PrivateIpsProps } from './private-ips.ts';
export {
  TargetGroupSync,
  type TargetGroupSyncOptions,
  type TargetGroupSyncProps,
} from './target-group-sync.ts';
