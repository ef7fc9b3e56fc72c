import { readFileSync } from 'node:fs';
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { Duration, type Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import { beforeAll, describe, expect, it } from 'vitest';
import { AddressSource, AllowListSync, TargetGroupSync } from '../src/cdk/index.ts';
import {
  constructAlarms,
  grants,
  importedGroup,
  type PlannedResource,
  plannedAlarms,
  resourcesOf,
  roleStatements,
} from './terraform-constructs.ts';
import { account, canRun, otherAccount, settingsOf, terraformLocal, timeout } from './terraform-local.ts';

const world = terraformLocal('the examples of the Terraform module');

describe.skipIf(!canRun)('the examples of the Terraform module', () => {
  let planned: PlannedResource[];
  let variables: Record<string, { default?: unknown }>;

  beforeAll(async () => {
    if (!canRun) return;
    await createTerraformRole();
    const workspace = world.open('terraform-examples');
    await workspace.terraform('fmt', '-check', '-recursive', '../..');
    await workspace.terraform('init', '-backend=false');
    await workspace.terraform('plan', '-out=plan');
    const plan = JSON.parse(await workspace.terraform('show', '-json', 'plan'));
    planned = plan.resource_changes;
    ({ variables } = plan.configuration.root_module.module_calls.everything.module);
  }, timeout);

  const of = (module: string) => planned.filter(({ address }) => address.startsWith(`module.${module}.`));

  it('are planned, each with its updater', () => {
    for (const example of [
      'nlb_in_front_of_alb',
      'database_behind_nlb',
      'allow_list',
      'alb_in_another_account',
    ]) {
      const functions = of(example).filter(({ address }) => address.endsWith('aws_lambda_function.sync'));
      expect(functions).toHaveLength(1);
    }
  });

  it('have alarms and permissions as the constructs do', () => {
    const constructs = resourcesOf((stack, code) => constructsOfEverything(stack, code));
    expect(plannedAlarms(of('everything'))).toEqual(constructAlarms(constructs));
    expect(plannedAlarms(of('everything'))).toHaveLength(8);
    const policy = of('everything').find(({ address }) => address.endsWith('aws_iam_role_policy.sync'));
    expect(grants(JSON.parse(policy?.change.after.policy).Statement)).toEqual(
      grants(roleStatements(constructs, 'SyncRole')),
    );
  });

  it('have the variables that the README lists', () => {
    const page = readFileSync(new URL('../terraform/README.md', import.meta.url), 'utf8');
    const [inputs = ''] = page.split('<!-- module: inputs -->')[1]?.split('####') ?? [];
    const listed = [...inputs.matchAll(/^\| `(\w+)` \| .*? \| (.*?) \| /gm)].map(([, name, value]) => [
      name,
      value,
    ]);
    const known = Object.entries(variables).map(([name, variable]) => [name, shownDefault(variable)]);
    expect(Object.fromEntries(listed)).toEqual(Object.fromEntries(known));
  });
});

function shownDefault(variable: { default?: unknown }): string {
  if (!('default' in variable)) return 'required';
  if (variable.default === null) return 'none';
  // Terraform adds to an object what its type has for defaults.
  const isObject = typeof variable.default === 'object' && !Array.isArray(variable.default);
  return `\`${isObject ? '{}' : JSON.stringify(variable.default)}\``;
}

function constructsOfEverything(stack: Stack, code: lambda.Code): void {
  const vpc = ec2.Vpc.fromVpcAttributes(stack, 'Vpc', {
    availabilityZones: ['us-east-1a', 'us-east-1b'],
    privateSubnetIds: ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'],
    vpcId: 'vpc-0123456789abcdef0',
  });
  const settings = { dispatchCode: code, events: true, every: Duration.hours(2), syncCode: code, vpc };
  const endpoint = ec2.InterfaceVpcEndpoint.fromInterfaceVpcEndpointAttributes(stack, 'Endpoint', {
    port: 443,
    vpcEndpointId: 'vpce-0123456789abcdef0',
  });
  const orders = new TargetGroupSync(stack, 'Orders', {
    ...settings,
    bindingName: 'orders.nlb',
    port: 80,
    source: AddressSource.networkInterfaces({ tags: { role: 'web' } }),
    targetGroup: importedGroup(
      stack,
      `arn:aws:elasticloadbalancing:us-east-1:${account}:targetgroup/orders/0123456789abcdef`,
    ),
  });
  const clients = new AllowListSync(stack, 'Clients', {
    ...settings,
    bindingName: 'clients.list',
    listReach: { region: 'eu-west-1' },
    prefixList: ec2.PrefixList.fromPrefixListId(stack, 'List', 'pl-0123456789abcdef0'),
    source: AddressSource.vpcEndpoint(endpoint),
  });
  orders.addAlarms();
  clients.addAlarms();
}

/** The role by which Terraform works in the other account. */
async function createTerraformRole(): Promise<void> {
  const client = new IAMClient(settingsOf(world, otherAccount));
  const trust = { Action: 'sts:AssumeRole', Principal: { AWS: `arn:aws:iam::${account}:root` } };
  await client.send(
    new CreateRoleCommand({ RoleName: 'terraform', AssumeRolePolicyDocument: policyOf(trust) }),
  );
  const PolicyDocument = policyOf({ Action: '*', Resource: '*' });
  await client.send(new PutRolePolicyCommand({ RoleName: 'terraform', PolicyName: 'all', PolicyDocument }));
  client.destroy();
}

function policyOf(statement: object): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...statement }] });
}
