import { App } from 'aws-cdk-lib';
import { BridgeStack } from './bridge-stack.ts';

new BridgeStack(new App(), 'albridge-http-api-direct', {
  targets: ['10.0.0.10', '10.0.1.10'],
  vpc: {
    availabilityZones: ['us-east-1a', 'us-east-1b'],
    isolatedSubnetIds: ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'],
    vpcId: 'vpc-0123456789abcdef0',
  },
});
