import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { EC2Client } from '@aws-sdk/client-ec2';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { S3Client } from '@aws-sdk/client-s3';

export interface AwsClients {
  cloudFormation: CloudFormationClient;
  ec2: EC2Client;
  elbv2: ElasticLoadBalancingV2Client;
  s3: S3Client;
  close(): void;
}

const localRegion = 'us-east-1';

/**
 * Clients of the local AWS, with credentials that are worth nothing elsewhere, whatever the environment holds. An access
 * key id of twelve digits names an account.
 */
export function awsClients(endpoint: string, accessKeyId: string = 'local'): AwsClients {
  const settings = {
    endpoint,
    region: localRegion,
    credentials: { accessKeyId, secretAccessKey: 'local' },
  };
  const clients = {
    cloudFormation: new CloudFormationClient(settings),
    ec2: new EC2Client(settings),
    elbv2: new ElasticLoadBalancingV2Client(settings),
    s3: new S3Client({ ...settings, forcePathStyle: true }),
  };
  return {
    ...clients,
    close() {
      for (const client of Object.values(clients)) client.destroy();
    },
  };
}
