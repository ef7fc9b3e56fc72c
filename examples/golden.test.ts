import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { afterAll, expect, test } from 'vitest';
import { BridgeStack as ExistingEverything } from './existing-everything/bridge-stack.ts';
import { BridgeStack as HttpApiDirect } from './http-api-direct/bridge-stack.ts';
import { BridgeStack as OpenApiCanary } from './openapi-canary/bridge-stack.ts';

const outdir = mkdtempSync(join(tmpdir(), 'albridge-golden-'));
afterAll(() => rmSync(outdir, { recursive: true }));

const elb = 'arn:aws:elasticloadbalancing:us-east-1:123456789012';
const targets = ['10.0.0.10', '10.0.1.10'];
const vpc = {
  availabilityZones: ['us-east-1a', 'us-east-1b'],
  isolatedSubnetIds: ['subnet-1', 'subnet-2'],
  vpcId: 'vpc-1',
};

test.each([
  {
    name: 'http-api-direct',
    stackOf: (app: App) => new HttpApiDirect(app, 'Example', { targets, vpc }),
  },
  {
    name: 'openapi-canary',
    stackOf: (app: App) =>
      new OpenApiCanary(app, 'Example', { stableDeploymentId: 'stable', targets, version: '1.0.0', vpc }),
  },
  {
    name: 'existing-everything',
    stackOf: (app: App) =>
      new ExistingEverything(app, 'Example', {
        alb: {
          loadBalancerArn: `${elb}:loadbalancer/app/web/1`,
          loadBalancerDnsName: 'web.internal',
          securityGroupId: 'sg-1',
        },
        albListenerArn: `${elb}:listener/app/web/1/1`,
        nlb: {
          loadBalancerArn: `${elb}:loadbalancer/net/edge/1`,
          loadBalancerDnsName: 'edge.internal',
          loadBalancerSecurityGroups: ['sg-2'],
        },
        restApi: { restApiId: 'api', rootResourceId: 'root' },
        vpc,
      }),
  },
])('synthesizes $name to its golden template, with nothing public', async ({ name, stackOf }) => {
  const template = Template.fromStack(stackOf(new App({ builtinCloudFormationValidation: false, outdir })));
  for (const type of ['EIP', 'InternetGateway', 'NatGateway'])
    template.resourceCountIs(`AWS::EC2::${type}`, 0);
  // The code of the functions has tests of its own, and other names at each change.
  const text = JSON.stringify(template.toJSON(), null, 2).replaceAll(/[0-9a-f]{64}[.]zip/g, 'code.zip');
  await expect(`${text}\n`).toMatchFileSnapshot(`${name}/template.json.snap`);
});
