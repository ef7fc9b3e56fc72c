import { App } from 'aws-cdk-lib';
import { BridgeStack } from './bridge-stack.ts';

const elb = 'arn:aws:elasticloadbalancing:us-east-1:123456789012';
new BridgeStack(new App(), 'albridge-existing-everything', {
  alb: {
    loadBalancerArn: `${elb}:loadbalancer/app/web/0123456789abcdef`,
    loadBalancerDnsName: 'internal-web-123456789.us-east-1.elb.amazonaws.com',
    securityGroupId: 'sg-0123456789abcdef0',
  },
  albListenerArn: `${elb}:listener/app/web/0123456789abcdef/0123456789abcdef`,
  nlb: {
    loadBalancerArn: `${elb}:loadbalancer/net/edge/0123456789abcdef`,
    loadBalancerDnsName: 'edge-0123456789abcdef.elb.us-east-1.amazonaws.com',
    loadBalancerSecurityGroups: ['sg-0123456789abcdef1'],
  },
  restApi: { restApiId: 'abcdef1234', rootResourceId: 'abcdef1234' },
  vpc: {
    availabilityZones: ['us-east-1a', 'us-east-1b'],
    isolatedSubnetIds: ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'],
    vpcId: 'vpc-0123456789abcdef0',
  },
});
