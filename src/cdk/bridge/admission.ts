import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';

export interface BridgeAdmissionProps {
  readonly description: string;
  readonly from: ec2.ISecurityGroup;
  readonly port: number;
  readonly to: ec2.ISecurityGroup;
}

/**
 * Lets one security group connect to another.
 *
 * Two resources of its own, which others can depend on, and which go away only once an update has led the API elsewhere.
 */
export class BridgeAdmission extends Construct {
  constructor(scope: Construct, id: string, props: BridgeAdmissionProps) {
    super(scope, id);
    const { description, from, port, to } = props;
    const rule = { description, fromPort: port, ipProtocol: 'tcp', toPort: port };
    new ec2.CfnSecurityGroupEgress(this, 'Egress', {
      ...rule,
      destinationSecurityGroupId: to.securityGroupId,
      groupId: from.securityGroupId,
    });
    new ec2.CfnSecurityGroupIngress(this, 'Ingress', {
      ...rule,
      groupId: to.securityGroupId,
      sourceSecurityGroupId: from.securityGroupId,
    });
  }
}
