import { ApiGatewayAlbBridge, type ApiGatewayAlbBridgeProps } from 'albridge/cdk';
import { CfnOutput, Stack, type StackProps, Validations } from 'aws-cdk-lib';
import * as autoscaling from 'aws-cdk-lib/aws-autoscaling';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';
import { leftOut } from '../left-out.ts';

/** With the bridge's `path`, without which the NLB's target group follows the ALB. */
export interface BridgeStackProps
  extends StackProps,
    Pick<ApiGatewayAlbBridgeProps, 'drainTimeout' | 'path'> {}

/** A web server on two instances without any way in or out, but for an API Gateway in front of them. */
export class BridgeStack extends Stack {
  constructor(scope: Construct, id: string, { drainTimeout, path, ...props }: BridgeStackProps = {}) {
    super(scope, id, props);

    const vpc = new ec2.Vpc(this, 'Vpc', {
      maxAzs: 2,
      natGateways: 0,
      restrictDefaultSecurityGroup: false,
      subnetConfiguration: [{ name: 'Isolated', subnetType: ec2.SubnetType.PRIVATE_ISOLATED }],
    });

    Validations.of(vpc).acknowledge(leftOut.flowLogs);

    const userData = ec2.UserData.forLinux();
    userData.addCommands('cd $(mktemp -d)', 'hostname > index.html', 'python3 -m http.server 80');
    const servers = new autoscaling.AutoScalingGroup(this, 'Servers', {
      blockDevices: [
        { deviceName: '/dev/xvda', volume: autoscaling.BlockDeviceVolume.ebs(8, { encrypted: true }) },
      ],
      instanceType: new ec2.InstanceType('t4g.nano'),
      machineImage: ec2.MachineImage.latestAmazonLinux2023({ cpuType: ec2.AmazonLinuxCpuType.ARM_64 }),
      minCapacity: 2,
      userData,
      vpc,
      vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
    });

    Validations.of(servers).acknowledge(leftOut.notifications);

    const bridge = new ApiGatewayAlbBridge(this, 'Bridge', {
      drainTimeout,
      path,
      targets: [servers],
      vpc,
    });
    Validations.of(bridge).acknowledge(
      leftOut.accessLogs,
      leftOut.authorizer,
      leftOut.executionLogs,
      leftOut.firewall,
      leftOut.loadBalancerLogs,
      leftOut.userPool,
    );

    new CfnOutput(this, 'ApiUrl', { value: bridge.url });
  }
}
