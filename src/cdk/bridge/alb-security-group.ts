import { type IResolvable, Lazy, Validations } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';

export interface AlbSecurityGroupProps {
  /**
   * The whole list of ingress rules, known only while the stack is deployed.
   *
   * @default - none but those that are resources of their own
   */
  readonly ingress?: IResolvable;
  readonly vpc: ec2.IVpc;
}

/**
 * A security group whose ingress comes whole from an attribute of another resource.
 *
 * `ec2.SecurityGroup` builds its ingress from rules known at synthesis, so this is the L1 resource;
 * `securityGroup` adds later rules as resources of their own, which leave the list alone.
 */
export class AlbSecurityGroup extends Construct {
  readonly securityGroup: ec2.ISecurityGroup;
  readonly #egress: ec2.CfnSecurityGroup.EgressProperty[] = [];

  constructor(scope: Construct, id: string, props: AlbSecurityGroupProps) {
    super(scope, id);
    const resource = new ec2.CfnSecurityGroup(this, 'Resource', {
      // A description cannot be changed without another group, so it says nothing of the path.
      groupDescription: 'Admits the addresses of the NLB to the ALB',
      securityGroupEgress: Lazy.any({ produce: () => (this.#egress.length > 0 ? this.#egress : [nowhere]) }),
      securityGroupIngress: props.ingress,
      vpcId: props.vpc.vpcId,
    });
    if (props.ingress) {
      Validations.of(resource).acknowledge({
        id: 'AwsSolutions-EC23',
        reason: 'Each rule admits one private address of the NLB, which is known once the stack is deployed',
      });
    }
    this.securityGroup = ec2.SecurityGroup.fromSecurityGroupId(this, 'Rules', resource.attrGroupId, {
      allowAllOutbound: false,
    });
  }

  allowToAddress(address: string, port: number): void {
    this.#egress.push({
      cidrIp: `${address}/32`,
      description: 'A target of the ALB',
      fromPort: port,
      ipProtocol: 'tcp',
      toPort: port,
    });
  }
}

/** Stands for no egress: without any rule, EC2 would allow all. */
const nowhere: ec2.CfnSecurityGroup.EgressProperty = {
  cidrIp: '255.255.255.255/32',
  description: 'No egress',
  fromPort: 252,
  ipProtocol: 'icmp',
  toPort: 86,
};
