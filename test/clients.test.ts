import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stackName } from '../src/cli/local/deploy-bridge.ts';
import { type DeployedBridge, deployBridge } from './deployed-bridge.ts';
import { isInstalled, runClient } from './foreign-client.ts';

const hasCli = isInstalled('the AWS CLI', 'aws', '--version');
const hasBoto3 = isInstalled('boto3', 'python3', '-c', 'import boto3');

let bridge: DeployedBridge;

beforeAll(async () => {
  if (hasCli || hasBoto3) bridge = await deployBridge({ timeScale: 60 });
});
afterAll(() => bridge?.close());

describe.skipIf(!hasCli)('the AWS CLI', () => {
  const aws = async (...args: string[]): Promise<unknown> =>
    JSON.parse(await runClient(bridge.local.endpoint, 'aws', [...args, '--output', 'json']));

  it('reads the ALB’s network interfaces', async () => {
    const description = `ELB ${bridge.outputs.AlbArn?.split(':loadbalancer/')[1]}`;
    const found = await aws(
      ...['ec2', 'describe-network-interfaces', '--filters', `Name=description,Values=${description}`],
      ...['--query', 'NetworkInterfaces[].PrivateIpAddresses[].PrivateIpAddress'],
    );
    expect((found as string[]).sort()).toEqual(bridge.addressesOf('AlbArn'));
  });

  it('reads the health of the NLB’s targets', async () => {
    const arn = bridge.outputs.NlbTargetGroupArn ?? '';
    const found = await aws(
      ...['elbv2', 'describe-target-health', '--target-group-arn', arn],
      ...['--query', 'TargetHealthDescriptions[].[Target.Id, Target.Port, TargetHealth.State]'],
    );
    expect((found as unknown[][]).sort()).toEqual(
      bridge.addressesOf('AlbArn').map((address) => [address, 80, 'healthy']),
    );
  });

  it('reads what happened to the stack, the newest first', async () => {
    const events = await aws(
      ...['cloudformation', 'describe-stack-events', '--stack-name', stackName],
      ...['--query', 'StackEvents[].[LogicalResourceId, ResourceStatus]'],
    );
    expect((events as unknown[])[0]).toEqual([stackName, 'CREATE_COMPLETE']);
    expect((events as unknown[]).at(-1)).toEqual([stackName, 'CREATE_IN_PROGRESS']);
  });

  it('is told of an action that is not there', async () => {
    await expect(aws('ec2', 'describe-volumes')).rejects.toThrow(/ec2:DescribeVolumes is not implemented/);
  });
});

const script = `
import boto3, json
interfaces = [i['PrivateIpAddress']
    for page in boto3.client('ec2').get_paginator('describe_network_interfaces').paginate(PaginationConfig={'PageSize': 5})
    for i in page['NetworkInterfaces']]
balancers = [b['Type']
    for page in boto3.client('elbv2').get_paginator('describe_load_balancers').paginate(PaginationConfig={'PageSize': 1})
    for b in page['LoadBalancers']]
boto3.client('elbv2').get_waiter('load_balancer_available').wait()
print(json.dumps({'interfaces': sorted(interfaces), 'balancers': sorted(balancers)}))
`;

describe.skipIf(!hasBoto3)('boto3', () => {
  it('pages through interfaces and load balancers, and waits for them', async () => {
    const answer = JSON.parse(await runClient(bridge.local.endpoint, 'python3', ['-c', script]));
    const held = [...bridge.local.cell().network.interfaces.values()].flatMap(
      (one) => one.privateIpAddresses,
    );
    expect(answer).toEqual({ interfaces: held.sort(), balancers: ['application', 'network'] });
  });
});
