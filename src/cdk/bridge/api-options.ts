import type * as apigateway from 'aws-cdk-lib/aws-apigateway';
import type * as apigatewayv2 from 'aws-cdk-lib/aws-apigatewayv2';
import type * as logs from 'aws-cdk-lib/aws-logs';

/** Which of API Gateway's kinds of API there is. */
export type BridgeApiType = 'REST' | 'HTTP' | 'WEBSOCKET';

/** A part of the requests that goes another way than the rest. */
export interface BridgeCanary {
  /** How many of a hundred requests are answered by the canary, chosen by chance. */
  readonly percentTraffic: number;

  /**
   * The deployment that the other requests stay with, while the canary gets the newest.
   *
   * Set `retainDeployments` in an earlier update, or that deployment is deleted.
   *
   * @default - the newest one too: the canary differs by its stage variables only
   */
  readonly stableDeploymentId?: string;

  /**
   * Stage variables that have other values for the canary.
   *
   * @default - none
   */
  readonly stageVariableOverrides?: Record<string, string>;
}

/** Settings of the API of a bridge. */
export interface BridgeApiOptions {
  /**
   * The kind of API.
   *
   * API Gateway leads a WebSocket API to an NLB only: such a bridge has no path `direct`.
   *
   * @default 'REST'
   */
  readonly apiType?: BridgeApiType;

  /**
   * An OpenAPI 3 document of a REST or HTTP API, parsed. Each of its operations that has no
   * `x-amazon-apigateway-integration` is led to the ALB, under the same path.
   *
   * @default - every method and path is led to the ALB
   */
  readonly openApi?: Record<string, unknown>;

  /**
   * A REST API that gets the bridge's methods. Its deployments and stages are left to whoever made it; an API that was
   * imported must be deployed anew by hand.
   *
   * @default - a new one
   */
  readonly existingRestApi?: apigateway.IRestApi;

  /**
   * An HTTP API that gets the bridge's route, `$default`.
   *
   * @default - a new one
   */
  readonly existingHttpApi?: apigatewayv2.IHttpApi;

  /**
   * Who says whether a request may pass: of `aws-apigateway` for a REST API (Lambda, Cognito), of `aws-apigatewayv2` for
   * an HTTP API (JWT, Lambda, IAM, Cognito) or a WebSocket API (Lambda, IAM: at `$connect`).
   *
   * @default - nobody
   */
  readonly authorizer?:
    | apigateway.IAuthorizer
    | apigatewayv2.IHttpRouteAuthorizer
    | apigatewayv2.IWebSocketRouteAuthorizer;

  /**
   * How a REST API authorizes without an authorizer: `AuthorizationType.IAM`.
   *
   * @default - that of the authorizer, or else none
   */
  readonly authorizationType?: apigateway.AuthorizationType;

  /**
   * Scopes that a token must have.
   *
   * @default - none
   */
  readonly authorizationScopes?: string[];

  /**
   * A usage plan of a REST API: its `quota`, and its `throttle`. Requests then need an API key.
   *
   * @default - none
   */
  readonly usagePlan?: apigateway.UsagePlanProps;

  /**
   * The API keys of the usage plan.
   *
   * @default - a new one, where there is a usage plan
   */
  readonly apiKeys?: apigateway.IApiKey[];

  /**
   * Sends part of the requests to a canary; REST APIs only.
   *
   * @default - none
   */
  readonly canary?: BridgeCanary;

  /**
   * Whether the deployments of a REST API stay when newer ones come, as `canary` wants them to.
   *
   * @default - true where there is a canary
   */
  readonly retainDeployments?: boolean;

  /**
   * Where a new API logs its requests. For a REST API, the account's settings of API Gateway must have a role for it.
   *
   * @default - nowhere
   */
  readonly accessLogGroup?: logs.ILogGroup;

  /**
   * What a new REST API logs of its own work, by the same role.
   *
   * @default - nothing
   */
  readonly loggingLevel?: apigateway.MethodLoggingLevel;

  /**
   * Stage variables, for OpenAPI documents whose own integrations name them.
   *
   * @default - none
   */
  readonly stageVariables?: Record<string, string>;
}
