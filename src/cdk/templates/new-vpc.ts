import { type App, Aws, CfnOutput, CfnParameter, Fn, type Stack, Tags } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { addBridge } from './bridge-template.ts';
import { TemplateStack } from './template-stack.ts';

const ZONES = 2;
/** A subnet of 256 addresses: an ALB wants eight free ones in each, and has room to grow. */
const SUBNET_HOST_BITS = 8;

/** `bridge-new-vpc.template.yaml`: the bridge and a VPC without a way in or out but the VPC link. */
export function bridgeInNewVpc(app: App): Stack {
  const stack = new TemplateStack(
    app,
    'albridge: an API Gateway in front of a private ALB, in a VPC of its own',
  );
  const vpcCidr = new CfnParameter(stack, 'VpcCidr', {
    allowedPattern: '^[0-9]{1,3}([.][0-9]{1,3}){3}/(1[6-9]|2[0-3])$',
    constraintDescription: 'must be an IPv4 range in CIDR notation, from /16 to /23',
    default: '10.0.0.0/16',
    description: 'Range of the VPC, from /16 to /23; it gets two subnets of 256 addresses',
  });
  const vpc = isolatedVpc(stack, vpcCidr.valueAsString);
  addBridge(stack, { networkParameters: { label: 'Network', parameters: [[vpcCidr, 'VPC range']] }, vpc });
  new CfnOutput(stack, 'VpcId', { description: 'Where the targets have to be', value: vpc.vpcId });
  new CfnOutput(stack, 'SubnetIds', {
    description: 'Subnets for the targets',
    value: Fn.join(
      ',',
      vpc.isolatedSubnets.map((subnet) => subnet.subnetId),
    ),
  });
  return stack;
}

// ec2.Vpc divides its range at synthesis; this one is a parameter, so CloudFormation must divide it.
function isolatedVpc(stack: Stack, cidrBlock: string): ec2.IVpc {
  const vpc = new ec2.CfnVPC(stack, 'Vpc', { cidrBlock });
  Tags.of(vpc).add('Name', Aws.STACK_NAME);
  const subnets = Array.from({ length: ZONES }, (_, index) => {
    return new ec2.CfnSubnet(stack, `Subnet${index + 1}`, {
      availabilityZone: Fn.select(index, Fn.getAzs()),
      cidrBlock: Fn.select(index, Fn.cidr(vpc.attrCidrBlock, ZONES, String(SUBNET_HOST_BITS))),
      vpcId: vpc.ref,
    });
  });
  return ec2.Vpc.fromVpcAttributes(stack, 'ImportedVpc', {
    availabilityZones: subnets.map((subnet) => subnet.attrAvailabilityZone),
    isolatedSubnetIds: subnets.map((subnet) => subnet.ref),
    vpcId: vpc.ref,
  });
}
