import { App } from 'aws-cdk-lib';
import { AccessStack } from './access-stack.ts';
import { BridgeStack } from './bridge-stack.ts';

const region = 'us-east-1';
const [bridgeAccount, albAccount] = ['111111111111', '222222222222'];
const agreement = {
  accessRoleName: 'albridge-access',
  externalId: 'orders-3f9a71c2',
  syncRoleName: 'albridge-sync',
};
const securityGroupId = 'sg-0123456789abcdef0';

const app = new App();
new AccessStack(app, 'albridge-access', {
  agreement,
  albSecurityGroupId: securityGroupId,
  bridgeAccount,
  env: { account: albAccount, region },
});
new BridgeStack(app, 'albridge-alb-in-another-account', {
  agreement,
  alb: {
    loadBalancerArn: `arn:aws:elasticloadbalancing:${region}:${albAccount}:loadbalancer/app/web/0123456789abcdef`,
    loadBalancerDnsName: 'internal-web-123456789.us-east-1.elb.amazonaws.com',
    securityGroupId,
  },
  albAccount,
  env: { account: bridgeAccount, region },
  vpc: {
    availabilityZones: ['us-east-1a', 'us-east-1b'],
    isolatedSubnetIds: ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'],
    vpcId: 'vpc-0123456789abcdef0',
  },
});
