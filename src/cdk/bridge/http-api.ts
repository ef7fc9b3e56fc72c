import { Stack } from 'aws-cdk-lib';
import * as apigatewayv2 from 'aws-cdk-lib/aws-apigatewayv2';
import { Construct, type IDependable } from 'constructs';
import { accessLogSettings, accessLogs } from './access-logs.ts';
import type { BridgeApiOptions } from './api-options.ts';
import { integrated } from './open-api.ts';
import type { Upstream } from './path.ts';

export interface BridgeHttpApiProps extends BridgeApiOptions {
  readonly apiName: string;
  readonly ready: IDependable[];
  readonly stageName: string;
  readonly upstream: Upstream;
}

// Without it, the load balancer would get the stage's name in the path.
const requestParameters = { 'overwrite:path': '$request.path' };

/** An HTTP API that passes requests through a VPC link V2: all of them, or those that a document has. */
export class BridgeHttpApi extends Construct {
  readonly apiId: string;
  readonly #stageName: string;

  constructor(scope: Construct, id: string, props: BridgeHttpApiProps) {
    super(scope, id);
    this.#stageName = props.stageName;
    if (props.existingHttpApi) {
      this.apiId = props.existingHttpApi.apiId;
      this.#passThrough(props, props.existingHttpApi);
      return;
    }
    if (props.openApi) {
      this.apiId = this.#fromDocument(props, props.openApi);
      return;
    }
    const httpApi = new apigatewayv2.HttpApi(this, 'Resource', {
      apiName: props.apiName,
      createDefaultStage: false,
      description: 'Passes every request to a private ALB',
    });
    this.apiId = httpApi.apiId;
    new apigatewayv2.HttpStage(this, 'Stage', {
      autoDeploy: true,
      httpApi,
      stageName: props.stageName,
      ...accessLogs(props),
      ...(props.stageVariables && { stageVariables: props.stageVariables }),
    });
    this.#passThrough(props, httpApi);
  }

  /** The address of the stage, without a trailing slash. */
  get url(): string {
    const { region, urlSuffix } = Stack.of(this);
    const stage = this.#stageName === '$default' ? '' : `/${this.#stageName}`;
    return `https://${this.apiId}.execute-api.${region}.${urlSuffix}${stage}`;
  }

  #passThrough(
    { authorizer, authorizationScopes, ...props }: BridgeHttpApiProps,
    httpApi: apigatewayv2.IHttpApi,
  ): void {
    const { upstream } = props;
    const integration = new PrivateIntegration(upstream, props.ready);
    new apigatewayv2.HttpRoute(this, 'Route', {
      httpApi,
      integration,
      routeKey: apigatewayv2.HttpRouteKey.DEFAULT,
      ...(authorizer && { authorizer: authorizer as apigatewayv2.IHttpRouteAuthorizer }),
      ...(authorizationScopes && { authorizationScopes }),
    });
  }

  #fromDocument(props: BridgeHttpApiProps, document: Record<string, unknown>): string {
    const { upstream } = props;
    const api = new apigatewayv2.CfnApi(this, 'Resource', {
      body: integrated(document, ({ method }) => ({
        connectionId: upstream.connectionId,
        connectionType: 'VPC_LINK',
        httpMethod: method,
        payloadFormatVersion: '1.0',
        requestParameters,
        ...(upstream.serverName && { tlsConfig: { serverNameToVerify: upstream.serverName } }),
        type: 'http_proxy',
        uri: upstream.listenerArn,
      })),
    });
    api.node.addDependency(...props.ready);
    new apigatewayv2.CfnStage(this, 'Stage', {
      ...(props.accessLogGroup && { accessLogSettings: accessLogSettings(props.accessLogGroup) }),
      apiId: api.ref,
      autoDeploy: true,
      stageName: props.stageName,
      ...(props.stageVariables && { stageVariables: props.stageVariables }),
    });
    return api.ref;
  }
}

/** Unlike CDK's own, it makes no VPC link and no dependency, and can wait for what it leads to. */
class PrivateIntegration extends apigatewayv2.HttpRouteIntegration {
  readonly #ready: IDependable[];
  readonly #upstream: Upstream;

  constructor(upstream: Upstream, ready: IDependable[]) {
    super('Integration');
    this.#ready = ready;
    this.#upstream = upstream;
  }

  bind({ scope }: apigatewayv2.HttpRouteIntegrationBindOptions): apigatewayv2.HttpRouteIntegrationConfig {
    scope.node.addDependency(...this.#ready);
    const { connectionId, listenerArn, serverName } = this.#upstream;
    return {
      connectionId,
      connectionType: apigatewayv2.HttpConnectionType.VPC_LINK,
      method: apigatewayv2.HttpMethod.ANY,
      parameterMapping: apigatewayv2.ParameterMapping.fromObject({
        'overwrite:path': apigatewayv2.MappingValue.custom(requestParameters['overwrite:path']),
      }),
      payloadFormatVersion: apigatewayv2.PayloadFormatVersion.VERSION_1_0,
      ...(serverName && { secureServerName: serverName }),
      type: apigatewayv2.HttpIntegrationType.HTTP_PROXY,
      uri: listenerArn,
    };
  }
}
