import { Stack } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import type * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Construct } from 'constructs';

export interface BridgeApiProps {
  readonly binaryMediaTypes: string[];
  readonly endpointType: apigateway.EndpointType;
  readonly loadBalancer: elbv2.INetworkLoadBalancer;
  readonly restApiName: string;
  readonly stageName: string;
}

/** A REST API that passes every method and path through a VPC link. */
export class BridgeApi extends Construct {
  readonly restApi: apigateway.RestApi;
  readonly vpcLink: apigateway.VpcLink;

  constructor(scope: Construct, id: string, props: BridgeApiProps) {
    super(scope, id);
    this.vpcLink = new apigateway.VpcLink(this, 'VpcLink', {
      targets: [props.loadBalancer],
      vpcLinkName: props.restApiName,
    });
    this.restApi = new apigateway.RestApi(this, 'Resource', {
      binaryMediaTypes: props.binaryMediaTypes,
      // The role is a setting of the whole account, not of one API.
      cloudWatchRole: false,
      description: 'Passes every request to a private ALB',
      endpointTypes: [props.endpointType],
      restApiName: props.restApiName,
    });
    // RestApi adds an output of its own; which outputs there are is the stack's to say.
    this.restApi.node.tryRemoveChild('Endpoint');
    // RestApi makes deployOptions.stageName part of a logical id, which a parameter can't be.
    const stage = this.restApi.deploymentStage.node.defaultChild as apigateway.CfnStage;
    stage.stageName = props.stageName;
    this.#passThrough(props.loadBalancer);
  }

  /** The address of the stage, without a trailing slash. */
  get url(): string {
    const { region, urlSuffix } = Stack.of(this);
    const { deploymentStage, restApiId } = this.restApi;
    return `https://${restApiId}.execute-api.${region}.${urlSuffix}/${deploymentStage.stageName}`;
  }

  #passThrough(loadBalancer: elbv2.INetworkLoadBalancer): void {
    const origin = `http://${loadBalancer.loadBalancerDnsName}`;
    const { root } = this.restApi;
    root.addMethod('ANY', this.#integration(`${origin}/`));
    const proxy = root.addResource('{proxy+}');
    proxy.addMethod('ANY', this.#integration(`${origin}/{proxy}`, 'proxy'), {
      requestParameters: { 'method.request.path.proxy': true },
    });
  }

  #integration(uri: string, pathParameter?: string): apigateway.Integration {
    return new apigateway.Integration({
      integrationHttpMethod: 'ANY',
      options: {
        connectionType: apigateway.ConnectionType.VPC_LINK,
        vpcLink: this.vpcLink,
        ...(pathParameter && {
          requestParameters: {
            [`integration.request.path.${pathParameter}`]: `method.request.path.${pathParameter}`,
          },
        }),
      },
      type: apigateway.IntegrationType.HTTP_PROXY,
      uri,
    });
  }
}
