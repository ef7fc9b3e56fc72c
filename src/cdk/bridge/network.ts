import { Token } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';

/** Where the load balancers of a bridge are. */
export interface BridgeNetwork {
  readonly subnetIds: string[];
  readonly vpc: ec2.IVpc;
  readonly vpcSubnets: ec2.SubnetSelection;
}

/** The network that is given, or a new one without a way in or out. */
export function bridgeNetwork(
  scope: Construct,
  { vpc = isolatedVpc(scope), vpcSubnets = {} }: Partial<Pick<BridgeNetwork, 'vpc' | 'vpcSubnets'>>,
): BridgeNetwork {
  const selected = vpc.selectSubnets(vpcSubnets);
  const zones = new Set(selected.availabilityZones);
  if (zones.size < 2 && !selected.isPendingLookup && !Token.isUnresolved(selected.subnetIds)) {
    throw new Error(
      `an ALB needs subnets in two Availability Zones, got ${selected.subnetIds.length} subnets in ` +
        `[${[...zones].join(', ')}]: select others by vpcSubnets`,
    );
  }
  return { subnetIds: selected.subnetIds, vpc, vpcSubnets };
}

function isolatedVpc(scope: Construct): ec2.Vpc {
  return new ec2.Vpc(scope, 'Vpc', {
    maxAzs: 2,
    natGateways: 0,
    // It would bring a function and a custom resource of its own.
    restrictDefaultSecurityGroup: false,
    subnetConfiguration: [{ name: 'Isolated', subnetType: ec2.SubnetType.PRIVATE_ISOLATED }],
  });
}
