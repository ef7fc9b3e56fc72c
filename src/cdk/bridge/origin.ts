import type { ApiGatewayAlbBridgeProps } from './api-gateway-alb-bridge-props.ts';
import type { Upstream } from './path.ts';

interface Place {
  readonly host: string;
  readonly isEncrypted: boolean;
  readonly port: number;
}

/** How an API addresses a load balancer. */
export function originOf(
  { host, isEncrypted, port }: Place,
  { serverName }: ApiGatewayAlbBridgeProps,
): Pick<Upstream, 'origin' | 'serverName'> {
  const scheme = isEncrypted ? 'https' : 'http';
  const isUsual = port === (isEncrypted ? 443 : 80);
  const name = isEncrypted ? (serverName ?? host) : host;
  return {
    origin: `${scheme}://${name}${isUsual ? '' : `:${port}`}`,
    ...(isEncrypted && serverName && { serverName }),
  };
}
