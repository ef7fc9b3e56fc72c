import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { IpTarget } from 'aws-cdk-lib/aws-elasticloadbalancingv2-targets';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { afterAll } from 'vitest';
import { ApiGatewayAlbBridge } from '../bridge/api-gateway-alb-bridge.ts';
import type { ApiGatewayAlbBridgeProps } from '../bridge/api-gateway-alb-bridge-props.ts';

// CDK would leave a folder of its own behind for each stack.
const outdir = mkdtempSync(join(tmpdir(), 'albridge-cdk-'));
afterAll(() => rmSync(outdir, { recursive: true }));

interface BridgeStack {
  readonly bridge: ApiGatewayAlbBridge;
  readonly stack: Stack;
}

type Overrides = Partial<ApiGatewayAlbBridgeProps>;

/** A stack with one bridge to 10.0.0.10, whose functions need no build. */
export function bridgeStack(
  overrides: Overrides | ((stack: Stack) => Overrides) = {},
  context: Record<string, unknown> = {},
): BridgeStack {
  const stack = new Stack(new App({ builtinCloudFormationValidation: false, context, outdir }), 'Stack');
  const code = lambda.Code.fromInline('exports.handler = async () => {}');
  const bridge = new ApiGatewayAlbBridge(stack, 'Bridge', {
    addressesCode: code,
    dispatchCode: code,
    syncCode: code,
    targets: [new IpTarget('10.0.0.10')],
    ...(typeof overrides === 'function' ? overrides(stack) : overrides),
  });
  return { bridge, stack };
}

export interface Resource {
  readonly DependsOn?: string[];
  // biome-ignore lint/suspicious/noExplicitAny: a template is whatever JSON the assertions find in it
  readonly Properties: Record<string, any>;
  readonly Type: string;
}

export function resourcesOf(stack: Stack): Resource[] {
  return Object.values(Template.fromStack(stack).toJSON().Resources);
}
