import { DisableRuleCommand, EventBridgeClient, ListRulesCommand } from '@aws-sdk/client-eventbridge';
import {
  GetFunctionConfigurationCommand,
  LambdaClient,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { afterEach, describe, expect, it } from 'vitest';
import { requestScaling } from '../src/cli/local/scale.ts';
import { isOk, startTraffic } from '../src/cli/local/traffic.ts';
import { type DeployedBridge, deployBridge } from './deployed-bridge.ts';
import { invocations, until } from './until.ts';

let bridge: DeployedBridge;
afterEach(() => bridge.close());

const settings = () => ({
  endpoint: bridge.local.endpoint,
  region: 'us-east-1',
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
});

/**
 * The same load and the same scaling that fail no request in `bridge.test.ts`, with a part of the product switched
 * off: were nothing lost here, nothing would be proven there.
 */
describe('without its help, the bridge loses requests', () => {
  it('when nobody follows the ALB', async () => {
    bridge = await deployBridge({ timeScale: 60 });
    const failures = await failuresDuringScaleIn(async () => {
      const events = new EventBridgeClient(settings());
      const { Rules = [] } = await events.send(new ListRulesCommand({}));
      for (const { Name } of Rules) await events.send(new DisableRuleCommand({ Name }));
    });
    expect(failures).not.toEqual([]);
  });

  it('when interfaces alone tell which nodes are in service', async () => {
    bridge = await deployBridge({ timeScale: 60 });
    const failures = await failuresDuringScaleIn(async () => {
      const lambda = new LambdaClient(settings());
      const FunctionName = bridge.functionName('Sync');
      const { Environment } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
      const config = JSON.parse(Environment?.Variables?.ALBRIDGE_CONFIG ?? '');
      for (const { source } of config.bindings) source.earlyDrain = false;
      const Variables = { ...Environment?.Variables, ALBRIDGE_CONFIG: JSON.stringify(config) };
      await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, Environment: { Variables } }));
    });
    expect(failures).not.toEqual([]);
  });
});

/** What is lost of 50 requests a second while the ALB goes from 7 nodes to 2, after something was switched off. */
async function failuresDuringScaleIn(switchOff: () => Promise<void>): Promise<string[]> {
  const { loadBalancing } = bridge.local.cell();
  await requestScaling(bridge.local.endpoint, bridge.albName, 7);
  await until(loadBalancing.changes, () => bridge.nodesInService().length === 7);
  await invocations(bridge.local.cell(), bridge.syncLogGroup, 2);
  await until(loadBalancing.changes, () => healthyTargets() === 7);
  await switchOff();
  const failures: string[] = [];
  const traffic = startTraffic({
    url: `${bridge.apiUrl}/hello`,
    requestsPerSecond: 50,
    methods: ['GET', 'GET', 'POST'],
    succeeds: isOk,
    onFailure: (cause) => failures.push(cause),
  });
  await requestScaling(bridge.local.endpoint, bridge.albName, 2);
  await until(loadBalancing.changes, () => bridge.addressesOf('AlbArn').length === 2);
  await until(loadBalancing.changes, () => healthyTargets() === 2);
  await traffic.stop();
  return failures;
}

function healthyTargets(): number {
  const group = bridge.local.cell().loadBalancing.targetGroups.get(bridge.outputs.NlbTargetGroupArn ?? '');
  return [...(group?.registrations.values() ?? [])].filter(({ state }) => state === 'healthy').length;
}
