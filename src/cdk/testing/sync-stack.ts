import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { afterAll } from 'vitest';

const outdir = mkdtempSync(join(tmpdir(), 'albridge-cdk-'));
afterAll(() => rmSync(outdir, { recursive: true }));

export const groupArn = (name: string): string =>
  `arn:aws:elasticloadbalancing:us-east-1:000000000000:targetgroup/${name}/0123456789abcdef`;

export interface SyncStack {
  readonly stack: Stack;
  readonly vpc: ec2.Vpc;
  readonly listener: () => elbv2.NetworkListener;
  /** The code of functions, which need no build. */
  readonly syncCode: lambda.Code;
  imported(name: string): elbv2.INetworkTargetGroup;
}

/** A stack with an NLB's listener, and target groups of elsewhere. */
export function syncStack(): SyncStack {
  const stack = new Stack(new App({ builtinCloudFormationValidation: false, outdir }), 'Stack');
  const vpc = new ec2.Vpc(stack, 'Vpc', { natGateways: 0, restrictDefaultSecurityGroup: false });
  return {
    stack,
    vpc,
    listener() {
      const loadBalancer = new elbv2.NetworkLoadBalancer(stack, 'Nlb', { vpc });
      return new elbv2.NetworkListener(stack, 'Listener', { loadBalancer, port: 5432 });
    },
    syncCode: lambda.Code.fromInline('exports.handler = async () => {}'),
    imported: (name) =>
      elbv2.NetworkTargetGroup.fromTargetGroupAttributes(stack, name, { targetGroupArn: groupArn(name) }),
  };
}
