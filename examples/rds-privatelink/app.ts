import { App } from 'aws-cdk-lib';
import { DatabaseServiceStack } from './database-service-stack.ts';

new DatabaseServiceStack(new App(), 'albridge-rds-privatelink', {
  consumers: ['arn:aws:iam::222222222222:root'],
  database: {
    name: 'orders.cluster-abcdefghijkl.us-east-1.rds.amazonaws.com',
    port: 5432,
    securityGroupId: 'sg-0123456789abcdef0',
  },
  vpc: {
    availabilityZones: ['us-east-1a', 'us-east-1b'],
    isolatedSubnetIds: ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'],
    vpcId: 'vpc-0123456789abcdef0',
  },
});
