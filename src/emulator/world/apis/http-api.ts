import type {
  Authorizer,
  CreateApiRequest,
  Integration,
  Route,
  RouteSettings,
} from '@aws-sdk/client-apigatewayv2';

/** An HTTP API as it is being edited; its stages serve deployments. */
export interface HttpApi extends HttpApiParts {
  id: string;
  createdAt: number;
  /** What it was created with and may be updated in. */
  settings: Omit<CreateApiRequest, 'Tags' | 'Target' | 'RouteKey' | 'CredentialsArn'>;
  tags: Map<string, string>;
  deployments: Map<string, HttpDeployment>;
  /** By name. */
  stages: Map<string, HttpStage>;
}

/** What is deployed of an API; each map is keyed by id, and holds things as AWS describes them. */
export interface HttpApiParts {
  routes: Map<string, Route>;
  integrations: Map<string, Integration>;
  authorizers: Map<string, Authorizer>;
}

/** What an API was when it was deployed. */
export interface HttpDeployment extends HttpApiParts {
  id: string;
  createdAt: number;
  description: string | undefined;
  isAutomatic: boolean;
}

/** A name under which a deployment is served; `$default` is served at the root. */
export interface HttpStage {
  name: string;
  deploymentId: string | undefined;
  autoDeploy: boolean;
  createdAt: number;
  updatedAt: number;
  description: string | undefined;
  variables: Map<string, string>;
  defaultRouteSettings: RouteSettings;
  /** By route key. */
  routeSettings: Map<string, RouteSettings>;
  tags: Map<string, string>;
}
