import { valuesOf } from '../../http/header-pairs.ts';
import type { WebSocketClient, WebSocketEvent } from './web-socket-event.ts';

/** What a function gets of a client that comes, says something or goes. */
export function lambdaEvent(event: WebSocketEvent): object {
  const { type, body } = event;
  return {
    ...(type === 'CONNECT' && clientFacts(event)),
    requestContext: requestContext(event),
    ...(type === 'MESSAGE' && { body }),
    isBase64Encoded: false,
  };
}

/** Headers and query string of the handshake, in both forms that functions know. */
export function clientFacts({ headers, query }: Pick<WebSocketClient, 'headers' | 'query'>): object {
  const parameters = [...new URLSearchParams(query)];
  return {
    headers: Object.fromEntries(headers),
    multiValueHeaders: Object.fromEntries(headers.map(([name]) => [name, valuesOf(headers, name)])),
    ...(parameters.length > 0 && { queryStringParameters: Object.fromEntries(parameters) }),
  };
}

export function requestContext(event: Omit<WebSocketEvent, 'integration'>): object {
  const { api, cell, closing, connection, headers, requestId, route, stage } = event;
  const now = cell.clock.now();
  return {
    routeKey: route.RouteKey,
    eventType: event.type,
    messageDirection: 'IN',
    connectionId: connection.id,
    connectedAt: connection.connectedAt,
    requestId,
    extendedRequestId: requestId,
    ...(event.type === 'MESSAGE' && { messageId: requestId }),
    ...(closing && { disconnectStatusCode: closing.code, disconnectReason: closing.reason }),
    apiId: api.id,
    stage: stage.name,
    domainName: valuesOf(headers, 'host')[0] ?? '',
    requestTime: new Date(now).toUTCString(),
    requestTimeEpoch: now,
    identity: { sourceIp: connection.sourceIp, userAgent: connection.userAgent },
    ...(event.authorizer && { authorizer: event.authorizer }),
  };
}
