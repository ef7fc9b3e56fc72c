import * as apigatewayv2 from 'aws-cdk-lib/aws-apigatewayv2';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';

export interface BridgeLinkProps {
  readonly vpc: ec2.IVpc;
  readonly vpcLinkName: string;
  readonly vpcSubnets: ec2.SubnetSelection;
}

/** A VPC link V2: interfaces in the VPC, in a security group that load balancers can admit. */
export class BridgeLink extends Construct {
  readonly securityGroup: ec2.SecurityGroup;
  readonly vpcLink: apigatewayv2.VpcLink;

  constructor(scope: Construct, id: string, props: BridgeLinkProps) {
    super(scope, id);
    this.securityGroup = new ec2.SecurityGroup(this, 'SecurityGroup', {
      allowAllOutbound: false,
      description: 'Marks the VPC link, for the load balancer to admit',
      vpc: props.vpc,
    });
    this.vpcLink = new apigatewayv2.VpcLink(this, 'Resource', {
      securityGroups: [this.securityGroup],
      subnets: props.vpcSubnets,
      vpc: props.vpc,
      vpcLinkName: props.vpcLinkName,
    });
  }
}
