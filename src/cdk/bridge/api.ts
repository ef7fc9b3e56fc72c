import { CfnOutput, Stack, Validations } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import type { Construct, IDependable } from 'constructs';
import type { BridgeApiOptions } from './api-options.ts';
import { integrated } from './open-api.ts';
import type { Upstream } from './path.ts';
import { addUsagePlan, completeStage, deployOptions, methodOptions } from './rest-options.ts';

export interface BridgeApiProps extends BridgeApiOptions {
  readonly binaryMediaTypes: string[];
  readonly endpointType: apigateway.EndpointType;
  /** What must be there before the API leads to its upstream. */
  readonly ready: IDependable[];
  readonly restApiName: string;
  readonly stageName: string;
  readonly upstream: Upstream;
}

/** A REST API that passes requests through a VPC link: all of them, or those that a document has. */
export class BridgeApi {
  readonly apiKeys: apigateway.IApiKey[];
  readonly restApi: apigateway.IRestApi;

  readonly #isOwn: boolean;
  readonly #scope: Construct;

  constructor(scope: Construct, props: BridgeApiProps) {
    this.#isOwn = props.existingRestApi === undefined;
    this.#scope = scope;
    if (props.existingRestApi) {
      this.restApi = props.existingRestApi;
      this.apiKeys = [];
      passThrough(this.restApi, props);
      return;
    }
    const restApi = props.openApi ? this.#fromDocument(props, props.openApi) : this.#passingAll(props);
    this.restApi = restApi;
    removeOutputs(restApi);
    Validations.of(restApi).acknowledge({
      id: 'AwsSolutions-APIG2',
      reason: 'What is valid is for the targets to say, or for the OpenAPI document by validators of its own',
    });
    completeStage(restApi.deploymentStage.node.defaultChild as apigateway.CfnStage, props);
    // Not the stage alone: a deployment that is deleted holds its VPC link until it is gone.
    restApi.latestDeployment?.node.addDependency(...props.ready);
    this.apiKeys = props.usagePlan ? addUsagePlan(scope, restApi, props.usagePlan, props.apiKeys) : [];
  }

  /** What is there once the API leads to its upstream; of an API whose deployments are others' to make, nothing is. */
  get led(): IDependable | undefined {
    return this.#isOwn ? this.restApi.deploymentStage : undefined;
  }

  /** The address of the stage, without a trailing slash. */
  get url(): string {
    const { region, urlSuffix } = Stack.of(this.#scope);
    const { deploymentStage, restApiId } = this.restApi;
    // An imported API has none, whatever its type says.
    if ((deploymentStage as apigateway.Stage | undefined) === undefined) {
      throw new Error('this bridge has no url, as existingRestApi was imported without a stage');
    }
    return `https://${restApiId}.execute-api.${region}.${urlSuffix}/${deploymentStage.stageName}`;
  }

  #passingAll(props: BridgeApiProps): apigateway.RestApi {
    const restApi = new apigateway.RestApi(this.#scope, 'Resource', {
      binaryMediaTypes: props.binaryMediaTypes,
      // The role is a setting of the whole account, not of one API.
      cloudWatchRole: false,
      deployOptions: deployOptions(props),
      description: 'Passes every request to a private ALB',
      endpointTypes: [props.endpointType],
      restApiName: props.restApiName,
      retainDeployments: props.retainDeployments ?? props.canary !== undefined,
    });
    passThrough(restApi, props);
    return restApi;
  }

  #fromDocument(props: BridgeApiProps, document: Record<string, unknown>): apigateway.SpecRestApi {
    const filled = integrated(document, ({ method, path, pathParameters }) => ({
      connectionId: props.upstream.connectionId,
      connectionType: 'VPC_LINK',
      httpMethod: method,
      ...(props.upstream.integrationTarget && { integrationTarget: props.upstream.integrationTarget }),
      passthroughBehavior: 'when_no_match',
      requestParameters: Object.fromEntries(
        pathParameters.map((name) => [`integration.request.path.${name}`, `method.request.path.${name}`]),
      ),
      type: 'http_proxy',
      uri: `${props.upstream.origin}${path}`,
    }));
    return new apigateway.SpecRestApi(this.#scope, 'Resource', {
      apiDefinition: apigateway.ApiDefinition.fromInline(filled),
      binaryMediaTypes: props.binaryMediaTypes,
      cloudWatchRole: false,
      deployOptions: deployOptions(props),
      endpointTypes: [props.endpointType],
      restApiName: props.restApiName,
      retainDeployments: props.retainDeployments ?? props.canary !== undefined,
    });
  }
}

/** They are the API's own idea; which outputs there are is the stack's to say. */
function removeOutputs(restApi: apigateway.RestApiBase): void {
  for (const child of restApi.node.children) {
    if (child instanceof CfnOutput) restApi.node.tryRemoveChild(child.node.id);
  }
}

function passThrough(restApi: apigateway.IRestApi, props: BridgeApiProps): void {
  const { upstream } = props;
  const options = methodOptions(props);
  const root = restApi.root.addMethod('ANY', integration(upstream, '/'), options);
  const proxy = restApi.root.addResource('{proxy+}');
  const rest = proxy.addMethod('ANY', integration(upstream, '/{proxy}', 'proxy'), {
    ...options,
    requestParameters: { 'method.request.path.proxy': true },
  });
  for (const method of [root, rest]) {
    if (upstream.integrationTarget) {
      // The L2 does not know it.
      const resource = method.node.defaultChild as apigateway.CfnMethod;
      resource.addPropertyOverride('Integration.IntegrationTarget', upstream.integrationTarget);
    }
    method.node.addDependency(...props.ready);
  }
}

function integration(upstream: Upstream, path: string, pathParameter?: string): apigateway.Integration {
  const vpcLink = { vpcLinkId: upstream.connectionId } as apigateway.IVpcLink;
  return new apigateway.Integration({
    integrationHttpMethod: 'ANY',
    options: {
      connectionType: apigateway.ConnectionType.VPC_LINK,
      vpcLink,
      ...(pathParameter && {
        requestParameters: {
          [`integration.request.path.${pathParameter}`]: `method.request.path.${pathParameter}`,
        },
      }),
    },
    type: apigateway.IntegrationType.HTTP_PROXY,
    uri: `${upstream.origin}${path}`,
  });
}
