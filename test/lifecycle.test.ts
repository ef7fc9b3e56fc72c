import {
  type CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
} from '@aws-sdk/client-cloudformation';
import { DescribeSecurityGroupsCommand } from '@aws-sdk/client-ec2';
import {
  DeregisterTargetsCommand,
  DescribeTargetHealthCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stackName } from '../src/cli/local/deploy-bridge.ts';
import { type DeployedBridge, deployBridge } from './deployed-bridge.ts';
import { inventory } from './inventory.ts';
import { until } from './until.ts';

let bridge: DeployedBridge;
let lambda: LambdaClient;

beforeAll(async () => {
  bridge = await deployBridge({ timeScale: 60 });
  lambda = new LambdaClient({
    endpoint: bridge.local.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
});
afterAll(async () => {
  lambda.destroy();
  await bridge.close();
});

describe('interfaces of the 2022 article', () => {
  it('are the updater’s event', async () => {
    const targets = async () => {
      const { TargetHealthDescriptions = [] } = await bridge.clients.elbv2.send(
        new DescribeTargetHealthCommand({ TargetGroupArn: bridge.outputs.NlbTargetGroupArn }),
      );
      return TargetHealthDescriptions.map(({ Target, TargetHealth }) => [Target?.Id, TargetHealth?.State]);
    };
    const [lost = ''] = bridge.nodesInService();
    await bridge.clients.elbv2.send(
      new DeregisterTargetsCommand({
        TargetGroupArn: bridge.outputs.NlbTargetGroupArn,
        Targets: [{ Id: lost, Port: 80 }],
      }),
    );
    const event = {
      targetPort: '80',
      albDescription: bridge.albName,
      nlbTargetGroupArn: bridge.outputs.NlbTargetGroupArn,
    };
    const { FunctionError, Payload } = await lambda.send(
      new InvokeCommand({ FunctionName: bridge.functionName('Sync'), Payload: JSON.stringify(event) }),
    );
    expect({ FunctionError, payload: Payload?.transformToString() }).toMatchObject({
      FunctionError: undefined,
    });
    expect(await targets()).toContainEqual([lost, expect.not.stringMatching('draining')]);
  });

  it('are the custom resource’s properties and its privateIps', async () => {
    const stack = {
      Resources: {
        Ips: {
          Type: 'Custom::PrivateIps',
          Version: '1.0',
          Properties: {
            ServiceToken: bridge.functionArn('Addresses'),
            nlbDescription: bridge.outputs.NlbArn?.split('/').at(-2),
            listenerPort: '8443',
          },
        },
        Group: {
          Type: 'AWS::EC2::SecurityGroup',
          Properties: {
            GroupDescription: 'allows the NLB',
            VpcId: bridge.network.vpcId,
            SecurityGroupIngress: { 'Fn::GetAtt': ['Ips', 'privateIps'] },
          },
        },
      },
      Outputs: { Group: { Value: { 'Fn::GetAtt': ['Group', 'GroupId'] } } },
    };
    expect(await createStack('article', stack)).toBe('CREATE_COMPLETE');
    const { Stacks } = await bridge.clients.cloudFormation.send(
      new DescribeStacksCommand({ StackName: 'article' }),
    );
    const { SecurityGroups } = await bridge.clients.ec2.send(
      new DescribeSecurityGroupsCommand({ GroupIds: [Stacks?.[0]?.Outputs?.[0]?.OutputValue ?? ''] }),
    );
    const [permission] = SecurityGroups?.[0]?.IpPermissions ?? [];
    expect(permission).toMatchObject({ IpProtocol: 'tcp', FromPort: 8443, ToPort: 8443 });
    expect(permission?.IpRanges?.map(({ CidrIp }) => CidrIp).sort()).toEqual(
      bridge.addressesOf('NlbArn').map((address) => `${address}/32`),
    );
    expect(await deleteStack('article')).toBe('DELETE_COMPLETE');
  });
});

describe('a stack whose custom resource fails', () => {
  it('rolls back, says why, and leaves nothing behind', async () => {
    const before = inventory(bridge.local.cell());
    const stack = {
      Resources: {
        Group: {
          Type: 'AWS::EC2::SecurityGroup',
          Properties: { GroupDescription: 'made first', VpcId: bridge.network.vpcId },
        },
        Ips: {
          Type: 'Custom::PrivateIps',
          DependsOn: 'Group',
          Properties: { ServiceToken: bridge.functionArn('Addresses'), nlbDescription: 'nobody' },
        },
      },
    };
    expect(await createStack('broken', stack)).toBe('ROLLBACK_COMPLETE');
    const { StackEvents = [] } = await bridge.clients.cloudFormation.send(
      new DescribeStackEventsCommand({ StackName: 'broken' }),
    );
    const reasons = StackEvents.filter(({ ResourceStatus }) => ResourceStatus === 'CREATE_FAILED').map(
      ({ LogicalResourceId, ResourceStatusReason }) => `${LogicalResourceId}: ${ResourceStatusReason}`,
    );
    expect(reasons).toEqual([
      expect.stringMatching(/^Ips: .*no application or network load balancer is 'nobody'/),
    ]);
    expect(inventory(bridge.local.cell())).toEqual(before);
  });
});

describe('deleting the stack', () => {
  it('leaves nothing behind', async () => {
    expect(await deleteStack(stackName)).toBe('DELETE_COMPLETE');
    const {
      vpcs = 0,
      subnets = 0,
      networkAcls = 0,
      routeTables = 0,
      securityGroups = 0,
      interfaces = 0,
    } = bridge.emptyInventory;
    expect(inventory(bridge.local.cell())).toEqual({
      ...bridge.emptyInventory,
      // The network that the stack was put into, and the addresses of its two targets.
      vpcs: vpcs + 1,
      subnets: subnets + 2,
      networkAcls: networkAcls + 1,
      routeTables: routeTables + 1,
      securityGroups: securityGroups + 1,
      interfaces: interfaces + 2,
    });
  });
});

async function createStack(name: string, template: object): Promise<string | undefined> {
  const { cloudFormation } = bridge.clients;
  await cloudFormation.send(
    new CreateStackCommand({ StackName: name, TemplateBody: JSON.stringify(template) }),
  );
  return settled(cloudFormation, name);
}

async function deleteStack(name: string): Promise<string | undefined> {
  const { cloudFormation } = bridge.clients;
  const { Stacks } = await cloudFormation.send(new DescribeStacksCommand({ StackName: name }));
  await cloudFormation.send(new DeleteStackCommand({ StackName: name }));
  return settled(cloudFormation, Stacks?.[0]?.StackId ?? '');
}

/** The status of a stack once nothing more happens to it. */
async function settled(client: CloudFormationClient, nameOrId: string): Promise<string | undefined> {
  const { stacks } = bridge.local.cell();
  await until(stacks.changes, () => !stacks.find(nameOrId)?.status.endsWith('IN_PROGRESS'));
  const { Stacks } = await client.send(new DescribeStacksCommand({ StackName: nameOrId }));
  return Stacks?.[0]?.StackStatus;
}
