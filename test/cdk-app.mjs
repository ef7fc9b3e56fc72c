// An app such as users write: a private API in a VPC of its own, in two states of its life. One synthesis makes both.
import { ApiGatewayAlbBridge } from 'albridge/cdk';
import { App, CfnOutput, Stack } from 'aws-cdk-lib';
import { IpTarget } from 'aws-cdk-lib/aws-elasticloadbalancingv2-targets';

const app = new App();

for (const [id, path] of Object.entries({ Before: '/*', After: '/api/*' })) {
  const stack = new Stack(app, id, { stackName: 'private-api' });
  const bridge = new ApiGatewayAlbBridge(stack, 'Bridge', {
    pathPatterns: [path],
    targets: [new IpTarget('10.0.0.10')],
  });
  new CfnOutput(stack, 'ApiUrl', { value: bridge.url });
}
