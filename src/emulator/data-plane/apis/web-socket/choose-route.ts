import type { Route } from '@aws-sdk/client-apigatewayv2';
import type { WebSocketClient } from './web-socket-event.ts';
import { bodyValue } from './web-socket-event.ts';

/** The route of this key, where the API has one. */
export function routeOf({ deployment }: WebSocketClient, key: string): Route | undefined {
  return [...deployment.routes.values()].find(({ RouteKey }) => RouteKey === key);
}

/**
 * The route that a message selects: `$request.body.action` is the member `action` of a message that is JSON. Where it
 * is none, or no route has that key, `$default` is.
 */
export function routeFor(client: WebSocketClient, message: string): Route | undefined {
  const expression = client.api.settings.RouteSelectionExpression ?? '';
  const key = expression.replace(
    /\$\{request\.body\.([\w.]+)\}|\$request\.body\.([\w.]+)/g,
    (_whole, braced?: string, plain?: string) => bodyValue(message, (braced ?? plain ?? '').split('.')) ?? '',
  );
  const own = key.startsWith('$') ? undefined : routeOf(client, key);
  return own ?? routeOf(client, '$default');
}
