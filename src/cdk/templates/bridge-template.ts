import { Aws, CfnOutput, CfnParameter, type CfnResource, Fn, type Stack } from 'aws-cdk-lib';
import type * as apigateway from 'aws-cdk-lib/aws-apigateway';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import { IpTarget } from 'aws-cdk-lib/aws-elasticloadbalancingv2-targets';
import { ApiGatewayAlbBridge } from '../api-gateway-alb-bridge.ts';
import { LocalCode } from './local-code.ts';
import { arrangeParameters, type ParameterGroup } from './parameter-groups.ts';
import { TargetAddresses } from './target-addresses.ts';

export interface BridgeTemplateOptions {
  readonly networkParameters: ParameterGroup;
  readonly vpc: ec2.IVpc;
}

/** Fills a stack with the bridge to addresses given as parameters, and its outputs. */
export function addBridge(stack: Stack, { networkParameters, vpc }: BridgeTemplateOptions): void {
  const addresses = new TargetAddresses(stack);
  const targetPort = new CfnParameter(stack, 'TargetPort', {
    default: 80,
    description: 'Port on which the targets receive traffic',
    maxValue: 65535,
    minValue: 1,
    type: 'Number',
  });
  const healthCheckPath = new CfnParameter(stack, 'HealthCheckPath', {
    allowedPattern: '^/.{0,1023}$',
    constraintDescription: 'must start with a slash',
    default: '/',
    description: 'Path that the ALB asks each target for; a 200 is healthy',
  });
  const pathPatterns = new CfnParameter(stack, 'PathPatterns', {
    default: '/*',
    description: 'Paths that the ALB forwards, one to five patterns; it answers 404 to all others',
    type: 'CommaDelimitedList',
  });
  const stageName = new CfnParameter(stack, 'StageName', {
    allowedPattern: '^[A-Za-z0-9_-]{1,128}$',
    constraintDescription: 'must be letters, digits, hyphens and underscores, at most 128',
    default: 'prod',
    description: 'Stage that the API is deployed to, the first part of its paths',
  });
  arrangeParameters(stack, [
    networkParameters,
    {
      label: 'Targets',
      parameters: [
        [addresses.parameter, 'Addresses'],
        [targetPort, 'Port'],
        [healthCheckPath, 'Health check path'],
        [pathPatterns, 'Forwarded paths'],
      ],
    },
    { label: 'API', parameters: [[stageName, 'Stage']] },
  ]);

  const bridge = new ApiGatewayAlbBridge(stack, 'Bridge', {
    addressesCode: new LocalCode('../dist/lambda/addresses'),
    healthCheck: { path: healthCheckPath.valueAsString },
    pathPatterns: pathPatterns.valueAsList,
    restApiName: Aws.STACK_NAME,
    stageName: stageName.valueAsString,
    syncCode: new LocalCode('../dist/lambda/sync'),
    targetPort: targetPort.valueAsNumber,
    targets: [new IpTarget(addresses.first)],
    vpc,
  });
  fillTargets(bridge, addresses, targetPort.valueAsNumber);
  nameApiParts(bridge.restApi as apigateway.RestApi);
  addOutputs(stack, bridge);
}

function nameApiParts(restApi: apigateway.RestApi): void {
  const stage = restApi.deploymentStage.node.defaultChild as CfnResource;
  stage.overrideLogicalId('ApiStage');
  const deployment = restApi.latestDeployment?.node.defaultChild as CfnResource;
  deployment.addOverride('Metadata', undefined);
}

function fillTargets(bridge: ApiGatewayAlbBridge, addresses: TargetAddresses, port: number): void {
  const targetGroup = bridge.applicationTargetGroup.node.defaultChild as CfnResource;
  addresses.override(targetGroup, 'Targets', (address) => ({ Id: address, Port: port }));
  const securityGroup = bridge.node.findChild('Alb').node.findChild('SecurityGroup').node
    .defaultChild as CfnResource;
  addresses.override(securityGroup, 'SecurityGroupEgress', (address) => ({
    CidrIp: Fn.join('', [address, '/32']),
    Description: 'A target of the ALB',
    FromPort: port,
    IpProtocol: 'tcp',
    ToPort: port,
  }));
}

function addOutputs(stack: Stack, bridge: ApiGatewayAlbBridge): void {
  const outputs: Record<string, [value: string, description: string]> = {
    AlbArn: [bridge.applicationLoadBalancer.loadBalancerArn, 'The ALB, whose addresses move'],
    AlbSecurityGroupId: [bridge.securityGroup.securityGroupId, 'Admits the addresses of the NLB to the ALB'],
    ApiUrl: [bridge.url, 'Where clients send their requests'],
    NlbArn: [bridge.networkLoadBalancer.loadBalancerArn, 'The NLB, which the VPC link ends at'],
    NlbTargetGroupArn: [bridge.networkTargetGroup.targetGroupArn, 'Kept equal to the addresses of the ALB'],
  };
  for (const [id, [value, description]] of Object.entries(outputs)) {
    new CfnOutput(stack, id, { description, value });
  }
}
