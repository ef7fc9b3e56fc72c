import { readFileSync } from 'node:fs';
import { App, type AppProps, type Stack } from 'aws-cdk-lib';
import { AccessStack } from './alb-in-another-account/access-stack.ts';
import { BridgeStack as AlbInAnotherAccount } from './alb-in-another-account/bridge-stack.ts';
import { BridgeStack as ExistingEverything } from './existing-everything/bridge-stack.ts';
import { BridgeStack as HttpApiDirect } from './http-api-direct/bridge-stack.ts';
import { BridgeStack as NewVpc } from './new-vpc/bridge-stack.ts';
import { BridgeStack as OpenApiCanary } from './openapi-canary/bridge-stack.ts';
import { DatabaseServiceStack } from './rds-privatelink/database-service-stack.ts';

const elb = 'arn:aws:elasticloadbalancing:us-east-1:123456789012';
const targets = ['10.0.0.10', '10.0.1.10'];
const vpc = {
  availabilityZones: ['us-east-1a', 'us-east-1b'],
  isolatedSubnetIds: ['subnet-0000000a', 'subnet-0000000b'],
  vpcId: 'vpc-0000000a',
};
const alb = {
  loadBalancerArn: `${elb}:loadbalancer/app/web/0123456789abcdef`,
  loadBalancerDnsName: 'web.internal',
  securityGroupId: 'sg-0000000a',
};
const agreement = { accessRoleName: 'access', externalId: 'orders', syncRoleName: 'sync' };

interface Example {
  /** The file in `examples` that holds the golden template. */
  readonly golden: string;
  readonly stackOf: (app: App) => Stack;
}

/** Every stack of the examples, with values such as their apps give. */
export const examples: Example[] = [
  {
    golden: 'alb-in-another-account/access.json.snap',
    stackOf: (app) =>
      new AccessStack(app, 'Example', {
        agreement,
        albSecurityGroupId: 'sg-0000000a',
        bridgeAccount: '111111111111',
      }),
  },
  {
    golden: 'alb-in-another-account/bridge.json.snap',
    stackOf: (app) =>
      new AlbInAnotherAccount(app, 'Example', { agreement, alb, albAccount: '123456789012', vpc }),
  },
  {
    golden: 'existing-everything/template.json.snap',
    stackOf: (app) =>
      new ExistingEverything(app, 'Example', {
        alb,
        albListenerArn: `${elb}:listener/app/web/0123456789abcdef/0123456789abcdef`,
        nlb: {
          loadBalancerArn: `${elb}:loadbalancer/net/edge/0123456789abcdef`,
          loadBalancerDnsName: 'edge.internal',
          loadBalancerSecurityGroups: ['sg-0000000b'],
        },
        restApi: { restApiId: 'api', rootResourceId: 'root' },
        vpc,
      }),
  },
  {
    golden: 'http-api-direct/template.json.snap',
    stackOf: (app) => new HttpApiDirect(app, 'Example', { targets, vpc }),
  },
  {
    golden: 'new-vpc/template.json.snap',
    stackOf: (app) => new NewVpc(app, 'Example'),
  },
  {
    golden: 'openapi-canary/template.json.snap',
    stackOf: (app) =>
      new OpenApiCanary(app, 'Example', { stableDeploymentId: 'stable', targets, version: '1.0.0', vpc }),
  },
  {
    golden: 'rds-privatelink/template.json.snap',
    stackOf: (app) =>
      new DatabaseServiceStack(app, 'Example', {
        consumers: ['arn:aws:iam::222222222222:root'],
        database: { name: 'orders.example.com', port: 5432, securityGroupId: 'sg-0000000a' },
        vpc,
      }),
  },
];

/** An app as `cdk` would run it: with the context of the example's `cdk.json`. */
export function appOf({ golden }: Example, props: AppProps): App {
  const cdkJson = new URL(`${golden.split('/')[0]}/cdk.json`, import.meta.url);
  const { context } = JSON.parse(readFileSync(cdkJson, 'utf8'));
  return new App({ builtinCloudFormationValidation: false, context, ...props });
}
