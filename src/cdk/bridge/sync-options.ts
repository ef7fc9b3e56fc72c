import type { AddressSyncOptions } from '../sync/address-sync.ts';
import type { ApiGatewayAlbBridgeProps } from './api-gateway-alb-bridge-props.ts';

/** The settings that all of a bridge's bindings share. The `vpc` is that of its load balancers, not of the function. */
export function bridgeSyncOptions(props: ApiGatewayAlbBridgeProps): AddressSyncOptions {
  const { dispatchCode, events, every, logRetention, mode, reservedConcurrentExecutions } = props;
  const { roleName, syncCode, syncFunction } = props;
  return {
    dispatchCode,
    events,
    every,
    logRetention,
    mode,
    reservedConcurrentExecutions,
    roleName,
    syncCode,
    syncFunction,
  };
}
