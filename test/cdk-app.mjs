// An app such as users write, for the CDK's command line to work on: a private API in a VPC of its own.
import { ApiGatewayAlbBridge } from 'albridge/cdk';
import { App, CfnOutput, Stack } from 'aws-cdk-lib';
import { IpTarget } from 'aws-cdk-lib/aws-elasticloadbalancingv2-targets';

const app = new App();
const stack = new Stack(app, 'private-api');
const bridge = new ApiGatewayAlbBridge(stack, 'Bridge', {
  pathPatterns: [app.node.tryGetContext('path') ?? '/*'],
  targets: [new IpTarget('10.0.0.10')],
});
new CfnOutput(stack, 'ApiUrl', { value: bridge.url });
