import { App } from 'aws-cdk-lib';
import { BridgeStack } from './bridge-stack.ts';

const app = new App();
new BridgeStack(app, 'albridge-openapi-canary', {
  // cdk deploy -c stable=<the output DeploymentId of the update before>
  stableDeploymentId: app.node.tryGetContext('stable'),
  targets: ['10.0.0.10', '10.0.1.10'],
  version: '1.0.0',
  vpc: {
    availabilityZones: ['us-east-1a', 'us-east-1b'],
    isolatedSubnetIds: ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'],
    vpcId: 'vpc-0123456789abcdef0',
  },
});
