export type { AlbTarget } from './alb-target.ts';
export { ApiGatewayAlbBridge, type ApiGatewayAlbBridgeProps } from './api-gateway-alb-bridge.ts';
export type { BridgeFunctionOptions } from './bridge-function.ts';
export { PrivateIps, type PrivateIpsProps } from './private-ips.ts';
export {
  TargetGroupSync,
  type TargetGroupSyncOptions,
  type TargetGroupSyncProps,
} from './target-group-sync.ts';
