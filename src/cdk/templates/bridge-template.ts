import { Aws, CfnOutput, CfnParameter, type CfnResource, Fn, type Stack } from 'aws-cdk-lib';
import type * as apigateway from 'aws-cdk-lib/aws-apigateway';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import { IpTarget } from 'aws-cdk-lib/aws-elasticloadbalancingv2-targets';
import { ApiGatewayAlbBridge } from '../api-gateway-alb-bridge.ts';
import { Alarms } from './alarms.ts';
import { ApiKeys } from './api-keys.ts';

import { bare, literal, object, text } from './config-text.ts';
import { configure } from './configure.ts';
import { deployEachChoice } from './deployments.ts';
import { LocalCode } from './local-code.ts';
import { logRetention } from './log-retention.ts';
import { arrangeParameters, type ParameterGroup } from './parameter-groups.ts';
import { permittedIf } from './permitted-if.ts';
import { everySchedule, Schedule } from './schedule.ts';
import { yesOrNo } from './switch-parameter.ts';
import { TargetAddresses } from './target-addresses.ts';
import { Tls } from './tls.ts';

export interface BridgeTemplateOptions {
  readonly networkParameters: ParameterGroup;
  readonly vpc: ec2.IVpc;
}

/** Fills a stack with the bridge to addresses given as parameters, and its outputs. */
export function addBridge(stack: Stack, { networkParameters, vpc }: BridgeTemplateOptions): void {
  const addresses = new TargetAddresses(stack);
  const { healthCheckPath, pathPatterns, stageName, targetPort } = bridgeParameters(stack);
  const apiKeys = new ApiKeys(stack);
  const tls = new Tls(stack);
  const earlyDrain = yesOrNo(stack, 'EarlyDrain', {
    description: 'Whether a node of the ALB is left out once DNS no longer gives it, while it still serves',
    isOn: true,
  });
  const schedule = new Schedule(stack);
  const alarms = new Alarms(stack);

  const bridge = new ApiGatewayAlbBridge(stack, 'Bridge', {
    ...everySchedule,
    addressesCode: new LocalCode('../dist/lambda/addresses'),
    dispatchCode: new LocalCode('../dist/lambda/dispatch'),
    healthCheck: { path: healthCheckPath.valueAsString },
    pathPatterns: pathPatterns.valueAsList,
    restApiName: Aws.STACK_NAME,
    stageName: stageName.valueAsString,
    syncCode: new LocalCode('../dist/lambda/sync'),
    targetPort: targetPort.valueAsNumber,
    targets: [new IpTarget(addresses.first)],
    usagePlan: apiKeys.usagePlan,
    vpc,
  });
  fillTargets(bridge, addresses, targetPort.valueAsNumber);
  nameApiParts(bridge.restApi as apigateway.RestApi);
  apiKeys.apply(bridge);
  tls.apply(bridge);
  deployEachChoice(stack, bridge.restApi as apigateway.RestApi, [
    { id: 'WithKeys', isTaken: apiKeys.areRequired },
    { id: 'WithTls', isTaken: tls.isOn },
  ]);
  keepInStep(bridge, { alarms, earlyDrain, schedule, tls });
  const retention = logRetention(stack);
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
    { label: 'API', parameters: [[stageName, 'Stage'], ...apiKeys.parameters] },
    tls.group,
    { ...schedule.group, parameters: [...schedule.group.parameters, [earlyDrain, 'Early drain']] },
    alarms.group,
    { label: 'Logs', parameters: [[retention, 'Retention in days']] },
  ]);
  addOutputs(stack, bridge);
  new CfnOutput(stack, 'ApiKeyId', {
    condition: apiKeys.areRequired,
    description: 'The API key, whose value `aws apigateway get-api-key --include-value` tells',
    value: bridge.apiKeys[0]?.keyId ?? '',
  });
}

type BridgeParameter = 'healthCheckPath' | 'pathPatterns' | 'stageName' | 'targetPort';

function bridgeParameters(stack: Stack): Record<BridgeParameter, CfnParameter> {
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
  return { healthCheckPath, pathPatterns, stageName, targetPort };
}

interface KeepingParameters {
  readonly alarms: Alarms;
  readonly earlyDrain: CfnParameter;
  readonly schedule: Schedule;
  readonly tls: Tls;
}

/** Has the bridge's function, which has all that any choice needs, do what the parameters say. */
function keepInStep(
  { applicationLoadBalancer, networkTargetGroup, sync }: ApiGatewayAlbBridge,
  { alarms, earlyDrain, schedule, tls }: KeepingParameters,
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
