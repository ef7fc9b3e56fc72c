import type { Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { ApiGatewayAlbBridgeProps } from '../bridge/api-gateway-alb-bridge-props.ts';

const arn = 'arn:aws:elasticloadbalancing:us-east-1:123456789012';

/** An ALB and its listener, in a VPC, that a stack knows by their names. */
export function existingAlb(stack: Stack): Partial<ApiGatewayAlbBridgeProps> {
  const securityGroup = ec2.SecurityGroup.fromSecurityGroupId(stack, 'AlbGroup', 'sg-0a1b');
  return {
    applicationListener: elbv2.ApplicationListener.fromApplicationListenerAttributes(stack, 'Listener', {
      listenerArn: `${arn}:listener/app/orders/0123456789abcdef/0123456789abcdef`,
      securityGroup,
    }),
    applicationLoadBalancer: elbv2.ApplicationLoadBalancer.fromApplicationLoadBalancerAttributes(
      stack,
      'Alb',
      {
        loadBalancerArn: `${arn}:loadbalancer/app/orders/0123456789abcdef`,
        loadBalancerDnsName: 'orders.internal',
        securityGroupId: 'sg-0a1b',
      },
    ),
    targets: [],
    vpc: new ec2.Vpc(stack, 'Vpc', { natGateways: 0 }),
    vpcSubnets: { subnetType: ec2.SubnetType.PUBLIC },
  };
}
