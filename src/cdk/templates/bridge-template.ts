import { Aws, CfnOutput, type CfnResource, Fn, type Stack } from 'aws-cdk-lib';
import type * as apigateway from 'aws-cdk-lib/aws-apigateway';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import { IpTarget } from 'aws-cdk-lib/aws-elasticloadbalancingv2-targets';
import { ApiGatewayAlbBridge } from '../bridge/api-gateway-alb-bridge.ts';
import type { ApiKeys } from './api-keys.ts';
import { BridgeParameters } from './bridge-parameters.ts';
import { bare, literal, object, text } from './config-text.ts';
import { configure } from './configure.ts';
import { deployEachChoice } from './deployments.ts';
import { LocalCode } from './local-code.ts';
import { logRetention } from './log-retention.ts';
import type { ParameterGroup } from './parameter-groups.ts';
import { permittedIf } from './permitted-if.ts';
import { everySchedule } from './schedule.ts';
import type { TargetAddresses } from './target-addresses.ts';

export interface BridgeTemplateOptions {
  readonly networkParameters: ParameterGroup;
  readonly vpc: ec2.IVpc;
}

/** Fills a stack with the bridge to addresses given as parameters, and its outputs. */
export function addBridge(stack: Stack, { networkParameters, vpc }: BridgeTemplateOptions): void {
  const parameters = new BridgeParameters(stack);
  const { addresses, apiKeys, targetPort, tls } = parameters;
  const bridge = new ApiGatewayAlbBridge(stack, 'Bridge', {
    ...everySchedule,
    addressesCode: new LocalCode('../dist/lambda/addresses'),
    dispatchCode: new LocalCode('../dist/lambda/dispatch'),
    healthCheck: { path: parameters.healthCheckPath.valueAsString },
    pathPatterns: parameters.pathPatterns.valueAsList,
    restApiName: Aws.STACK_NAME,
    stageName: parameters.stageName.valueAsString,
    syncCode: new LocalCode('../dist/lambda/sync'),
    targetPort: targetPort.valueAsNumber,
    targets: [new IpTarget(addresses.first)],
    usagePlan: apiKeys.usagePlan,
    vpc,
  });
  fillTargets(bridge, addresses, targetPort.valueAsNumber);
  const restApi = bridge.restApi as apigateway.RestApi;
  nameApiParts(restApi);
  apiKeys.apply(bridge);
  tls.apply(bridge);
  deployEachChoice(stack, restApi, [
    { id: 'WithKeys', isTaken: apiKeys.areRequired },
    { id: 'WithTls', isTaken: tls.isOn },
  ]);
  keepInStep(bridge, parameters);
  parameters.arrange(networkParameters, logRetention(stack));
  addOutputs(stack, bridge, apiKeys);
}

/** Has the bridge's function, which has all that any choice needs, do what the parameters say. */
function keepInStep(
  { applicationLoadBalancer, networkTargetGroup, sync }: ApiGatewayAlbBridge,
  { alarms, earlyDrain, schedule, tls }: BridgeParameters,
): void {
  const { syncFunction } = sync;
  schedule.apply(syncFunction);
  permittedIf(syncFunction.function, [[schedule.hasDispatch, ['sqs:']]]);
  configure(
    syncFunction,
    object({
      name: () => `"\${AWS::StackName}.Bridge"`,
      source: object({
        type: literal('load-balancer'),
        arn: text(applicationLoadBalancer.node.defaultChild as CfnResource),
        earlyDrain: bare(earlyDrain),
      }),
      sink: object({
        type: literal('target-group'),
        arn: text(networkTargetGroup.node.defaultChild as CfnResource),
        port: tls.port,
      }),
      policy: object({ mode: literal('sync') }),
    }),
  );
  alarms.addTo(sync, schedule);
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

function addOutputs(stack: Stack, bridge: ApiGatewayAlbBridge, { areRequired }: ApiKeys): void {
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
  new CfnOutput(stack, 'ApiKeyId', {
    condition: areRequired,
    description: 'The API key, whose value `aws apigateway get-api-key --include-value` tells',
    value: bridge.apiKeys[0]?.keyId ?? '',
  });
}
