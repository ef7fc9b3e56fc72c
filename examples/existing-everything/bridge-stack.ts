import { ApiGatewayAlbBridge, type ApiGatewayAlbBridgeProps } from 'albridge/cdk';
import { Stack, type StackProps, Validations } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { Construct } from 'constructs';
import { leftOut } from '../left-out.ts';

/** With the bridge's `path`, and the former one as `standby` until the API's owner has deployed it. */
export interface BridgeStackProps extends StackProps, Pick<ApiGatewayAlbBridgeProps, 'path' | 'standby'> {
  readonly alb: elbv2.ApplicationLoadBalancerAttributes;
  readonly albListenerArn: string;
  readonly nlb: elbv2.NetworkLoadBalancerAttributes;
  readonly restApi: apigateway.RestApiAttributes;
  readonly vpc: ec2.VpcAttributes;
}

/** What leads from an API to an ALB, where there are both already, and a VPC, and an NLB with a security group. */
export class BridgeStack extends Stack {
  constructor(
    scope: Construct,
    id: string,
    { alb, albListenerArn, nlb, path, restApi, standby, vpc, ...props }: BridgeStackProps,
  ) {
    super(scope, id, props);
    const securityGroup = ec2.SecurityGroup.fromSecurityGroupId(
      this,
      'AlbSecurityGroup',
      alb.securityGroupId,
    );

    const existingRestApi = apigateway.RestApi.fromRestApiAttributes(this, 'Api', restApi);
    Validations.of(existingRestApi).acknowledge(leftOut.authorizer, leftOut.userPool);

    // The API is deployed by whoever owns it, once this stack has given it its methods.
    new ApiGatewayAlbBridge(this, 'Bridge', {
      applicationListener: elbv2.ApplicationListener.fromApplicationListenerAttributes(this, 'AlbListener', {
        listenerArn: albListenerArn,
        securityGroup,
      }),
      applicationLoadBalancer: elbv2.ApplicationLoadBalancer.fromApplicationLoadBalancerAttributes(
        this,
        'Alb',
        alb,
      ),
      existingRestApi,
      networkLoadBalancer: elbv2.NetworkLoadBalancer.fromNetworkLoadBalancerAttributes(this, 'Nlb', nlb),
      path,
      standby,
      vpc: ec2.Vpc.fromVpcAttributes(this, 'Vpc', vpc),
    });
  }
}
