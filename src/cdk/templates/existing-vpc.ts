import { type App, CfnParameter, CfnRule, Fn, type Stack, Token } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { addBridge } from './bridge-template.ts';
import { TemplateStack } from './template-stack.ts';

/** `bridge.template.yaml`: the bridge in a VPC that exists. */
export function bridgeInExistingVpc(app: App): Stack {
  const stack = new TemplateStack(
    app,
    'albridge: an API Gateway in front of a private ALB, in an existing VPC',
  );
  const vpcId = new CfnParameter(stack, 'VpcId', {
    description: 'VPC of the load balancers',
    type: 'AWS::EC2::VPC::Id',
  });
  const subnetIds = new CfnParameter(stack, 'SubnetIds', {
    description: 'Private subnets of the load balancers, in at least two Availability Zones',
    type: 'List<AWS::EC2::Subnet::Id>',
  });
  new CfnRule(stack, 'SubnetsInVpc', {
    assertions: [
      {
        assert: Fn.conditionEachMemberEquals(
          Token.asList(Fn.valueOf(subnetIds.logicalId, 'VpcId')),
          vpcId.valueAsString,
        ),
        assertDescription: 'All subnets must be in the VPC',
      },
    ],
  });
  const vpc = ec2.Vpc.fromVpcAttributes(stack, 'Vpc', {
    // One unknown zone to one unknown subnet id: the lists are parameters, read during deployment.
    availabilityZones: Fn.getAzs(),
    isolatedSubnetIds: subnetIds.valueAsList,
    vpcId: vpcId.valueAsString,
  });
  const networkParameters = {
    label: 'Network',
    parameters: [
      [vpcId, 'VPC'],
      [subnetIds, 'Subnets'],
    ],
  } as const;
  addBridge(stack, { networkParameters, vpc });
  return stack;
}
