import * as apigatewayv2 from 'aws-cdk-lib/aws-apigatewayv2';
import { Construct, type IDependable } from 'constructs';
import { accessLogs } from './access-logs.ts';
import type { BridgeApiOptions } from './api-options.ts';
import type { Upstream } from './path.ts';

export interface BridgeWebSocketApiProps extends BridgeApiOptions {
  readonly apiName: string;
  readonly ready: IDependable[];
  readonly stageName: string;
  readonly upstream: Upstream;
}

const routeKeys = { OnConnect: '$connect', OnDisconnect: '$disconnect', OnMessage: '$default' };

/**
 * A WebSocket API that tells the ALB's targets of connections and messages, by a `POST` of each to
 * `/$connect`, `/$disconnect` or `/$default` with the connection's id in the header `connectionId`.
 */
export class BridgeWebSocketApi extends Construct {
  readonly url: string;
  readonly webSocketApi: apigatewayv2.WebSocketApi;

  constructor(scope: Construct, id: string, props: BridgeWebSocketApiProps) {
    super(scope, id);
    this.webSocketApi = new apigatewayv2.WebSocketApi(this, 'Resource', { apiName: props.apiName });
    const stage = new apigatewayv2.WebSocketStage(this, 'Stage', {
      autoDeploy: true,
      stageName: props.stageName,
      ...accessLogs(props),
      webSocketApi: this.webSocketApi,
    });
    this.url = stage.url;
    for (const [name, routeKey] of Object.entries(routeKeys)) {
      const route = new apigatewayv2.WebSocketRoute(this, name, {
        integration: new HttpIntegration(name, `${props.upstream.origin}/${routeKey}`),
        routeKey,
        webSocketApi: this.webSocketApi,
        // Only a connection can be refused; what comes over it later is its own.
        ...(props.authorizer &&
          routeKey === '$connect' && {
            authorizer: props.authorizer as apigatewayv2.IWebSocketRouteAuthorizer,
          }),
      });
      route.node.addDependency(...props.ready);
      for (const integration of route.node.findAll()) {
        if (integration instanceof apigatewayv2.CfnIntegration) leadThrough(props.upstream, integration);
      }
    }
  }
}

/** The L2 integration knows neither HTTP nor VPC links. */
function leadThrough({ connectionId }: Upstream, integration: apigatewayv2.CfnIntegration): void {
  integration.connectionId = connectionId;
  integration.connectionType = 'VPC_LINK';
  integration.integrationType = 'HTTP_PROXY';
}

class HttpIntegration extends apigatewayv2.WebSocketRouteIntegration {
  readonly #uri: string;

  constructor(id: string, uri: string) {
    super(id);
    this.#uri = uri;
  }

  bind(): apigatewayv2.WebSocketRouteIntegrationConfig {
    return {
      method: 'POST',
      requestParameters: { 'integration.request.header.connectionId': 'context.connectionId' },
      type: apigatewayv2.WebSocketIntegrationType.MOCK,
      uri: this.#uri,
    };
  }
}
