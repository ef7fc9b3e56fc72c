import type {
  Authorizer,
  CanarySettings,
  CreateRestApiRequest,
  GatewayResponse,
  Method,
  MethodSetting,
  RequestValidator,
} from '@aws-sdk/client-api-gateway';

/** A REST API as it is being edited; its stages serve deployments. */
export interface RestApi {
  id: string;
  createdAt: number;
  /** What it was created with and may be updated in: name, description, endpoint configuration … */
  settings: Omit<CreateRestApiRequest, 'cloneFrom' | 'tags'>;
  tags: Map<string, string>;
  rootResourceId: string;
  resources: Map<string, Resource>;
  authorizers: Map<string, Authorizer>;
  requestValidators: Map<string, RequestValidator>;
  /** Those that were changed, by what they answer: `THROTTLED`, `DEFAULT_4XX` … */
  gatewayResponses: Map<string, GatewayResponse>;
  deployments: Map<string, Deployment>;
  /** By name. */
  stages: Map<string, Stage>;
}

/** A path of an API. */
export interface Resource {
  id: string;
  /** Undefined for the root. */
  parentId: string | undefined;
  /** `hello`, `{id}`, `{proxy+}`; empty for the root. */
  pathPart: string;
  /** `/hello/{id}` */
  path: string;
  /** By HTTP method, `ANY` among them, as AWS describes them. */
  methods: Map<string, Method>;
}

/** What an API was when it was deployed. */
export interface Deployment {
  id: string;
  createdAt: number;
  description: string | undefined;
  resources: readonly Resource[];
  authorizers: ReadonlyMap<string, Authorizer>;
  gatewayResponses: ReadonlyMap<string, GatewayResponse>;
  requestValidators: ReadonlyMap<string, RequestValidator>;
}

/** A name under which a deployment is served. */
export interface Stage {
  name: string;
  deploymentId: string;
  createdAt: number;
  updatedAt: number;
  description: string | undefined;
  tracingEnabled: boolean;
  variables: Map<string, string>;
  /** By `<resource path>/<method>`, or all of them by `* / *` without the blanks. */
  methodSettings: Map<string, MethodSetting>;
  /** A share of the requests goes to another deployment. */
  canary: CanarySettings | undefined;
  tags: Map<string, string>;
}
