import type { CreateStackInput } from '@aws-sdk/client-cloudformation';
import { beforeEach, describe, expect, it } from 'vitest';
import { type StackDriver, stackDriver, thingsTemplate } from '../../cloudformation/testing/stack-driver.ts';
import { things } from '../../cloudformation/testing/things.ts';
import { execute } from '../../core/execute.ts';
import { newBucket } from '../../world/storage/bucket.ts';
import { ec2 } from '../ec2/index.ts';
import { iam } from '../iam/index.ts';

let driver: StackDriver;

beforeEach(() => {
  driver = stackDriver(things().providers);
});

const oneThing = thingsTemplate({ A: {} });
const slowThing = thingsTemplate({ A: { Properties: { Seconds: 60 } } });

describe('CreateStack', () => {
  it.each([
    {
      name: 'a name that starts with a digit',
      input: { StackName: '1a' },
      want: 'must satisfy regular expression pattern',
    },
    { name: 'a name that is taken', input: { StackName: 'app' }, want: 'Stack [app] already exists' },
    {
      name: 'no template',
      input: { TemplateBody: undefined },
      want: 'Either Template URL or Template Body must be specified.',
    },
    {
      name: 'too long a template',
      input: { TemplateBody: 'x'.repeat(51_201) },
      want: 'less than or equal to 51200',
    },
    {
      name: 'a template that is not there',
      input: { TemplateBody: undefined, TemplateURL: 'https://b.s3.us-east-1.amazonaws.com/k' },
      want: 's3://b/k',
    },
    {
      name: 'an unknown type',
      template: thingsTemplate({ A: { Type: 'AWS::Glue::Job' } }),
      want: 'Unrecognized resource types: [AWS::Glue::Job]',
    },
    {
      name: 'two ways to handle failure',
      input: { DisableRollback: true, OnFailure: 'DELETE' as const },
      want: 'either DisableRollback or OnFailure',
    },
    {
      name: 'unacknowledged roles',
      template: thingsTemplate({ A: { Type: 'AWS::IAM::Role' } }),
      want: 'Requires capabilities : [CAPABILITY_IAM]',
    },
    {
      name: 'unacknowledged names of roles',
      template: thingsTemplate({ A: { Type: 'AWS::IAM::Role', Properties: { RoleName: 'r' } } }),
      input: { Capabilities: ['CAPABILITY_IAM' as const] },
      want: 'Requires capabilities : [CAPABILITY_NAMED_IAM]',
    },
  ])('refuses $name', async ({ template = oneThing, input = {}, want }) => {
    await driver.create(oneThing);
    const asked: CreateStackInput = { StackName: 'other', TemplateBody: JSON.stringify(template), ...input };
    await expect(execute(driver.service, 'CreateStack', asked, driver.call)).rejects.toThrow(want);
  });

  it('does not mind an unknown type that is not wanted', async () => {
    const Conditions = { No: { 'Fn::Equals': ['a', 'b'] } };
    await driver.create(
      thingsTemplate({ A: {}, B: { Type: 'AWS::Glue::Job', Condition: 'No' } }, { Conditions }),
    );
    expect(driver.stack().status).toBe('CREATE_COMPLETE');
  });

  it('checks rules about what parameters name', async () => {
    const { Vpcs = [] } = await execute(ec2, 'DescribeVpcs', {}, driver.call);
    const { Vpc: other } = await execute(ec2, 'CreateVpc', { CidrBlock: '10.7.0.0/16' }, driver.call);
    const subnet = { VpcId: other?.VpcId, CidrBlock: '10.7.0.0/24' };
    const { Subnet } = await execute(ec2, 'CreateSubnet', subnet, driver.call);
    const template = thingsTemplate(
      { A: {} },
      {
        Parameters: {
          VpcId: { Type: 'AWS::EC2::VPC::Id' },
          SubnetIds: { Type: 'List<AWS::EC2::Subnet::Id>' },
        },
        Rules: {
          SubnetsInVpc: {
            Assertions: [
              {
                Assert: {
                  'Fn::EachMemberEquals': [{ 'Fn::ValueOf': ['SubnetIds', 'VpcId'] }, { Ref: 'VpcId' }],
                },
                AssertDescription: 'All subnets must be in the VPC',
              },
            ],
          },
        },
      },
    );
    const within = (vpcId = '') => ({
      Parameters: [
        { ParameterKey: 'VpcId', ParameterValue: vpcId },
        { ParameterKey: 'SubnetIds', ParameterValue: Subnet?.SubnetId },
      ],
    });
    await expect(driver.create(template, within(Vpcs[0]?.VpcId))).rejects.toThrow(
      'All subnets must be in the VPC',
    );
    await driver.create(template, within(other?.VpcId));
    expect(driver.stack().status).toBe('CREATE_COMPLETE');
  });

  it('reads a template from S3, by either form of URL', async () => {
    const { buckets, clock } = driver.cell;
    const object = {
      key: 'a/b.json',
      body: new TextEncoder().encode(JSON.stringify(oneThing)),
      etag: '""',
      lastModified: clock.now(),
      contentType: 'application/json',
      contentEncoding: undefined,
      cacheControl: undefined,
      metadata: {},
    };
    const bucket = newBucket('code', clock.now());
    bucket.objects.set(object.key, object);
    buckets.all.set('code', bucket);
    for (const [index, TemplateURL] of [
      'https://code.s3.us-east-1.amazonaws.com/a/b.json',
      'https://s3.amazonaws.com/code/a/b.json',
      'http://127.0.0.1:4566/code/a/b.json',
    ].entries()) {
      await execute(driver.service, 'CreateStack', { StackName: `s${index}`, TemplateURL }, driver.call);
      await driver.clock.advance(0);
      expect(driver.stack()).toMatchObject({ name: `s${index}`, status: 'CREATE_COMPLETE' });
    }
  });
});

describe('UpdateStack', () => {
  it.each([
    {
      name: 'a stack that does not exist',
      created: undefined,
      next: oneThing,
      want: 'Stack [app] does not exist',
    },
    {
      name: 'a stack that is being made',
      created: slowThing,
      next: oneThing,
      want: 'is in CREATE_IN_PROGRESS state and can not be updated.',
    },
    {
      name: 'nothing new',
      created: oneThing,
      next: { ...oneThing, Description: 'new' },
      want: 'No updates are to be performed.',
    },
    {
      name: 'another type',
      created: oneThing,
      next: thingsTemplate({ A: { Type: 'Test::Other' } }),
      want: 'Update of resource type is not permitted.',
    },
  ])('refuses $name', async ({ created, next, want }) => {
    if (created) await driver.create(created);
    await expect(driver.update(next)).rejects.toThrow(want);
  });
});

describe('DeleteStack', () => {
  it('takes a stack that does not exist for deleted', async () => {
    await expect(execute(driver.service, 'DeleteStack', { StackName: 'app' }, driver.call)).resolves.toEqual(
      {},
    );
  });

  it('spares a stack under protection', async () => {
    await driver.create(oneThing, { EnableTerminationProtection: true });
    await expect(driver.remove()).rejects.toThrow(
      'Stack [app] cannot be deleted while TerminationProtection is enabled',
    );
  });
});

describe('descriptions', () => {
  it('name the role that CloudFormation was given, which must trust it', async () => {
    const trust = (Service: string) =>
      JSON.stringify({ Statement: { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service } } });
    for (const [RoleName, service] of [
      ['good', 'cloudformation.amazonaws.com'],
      ['bad', 'lambda.amazonaws.com'],
    ] as const) {
      const AssumeRolePolicyDocument = trust(service);
      await execute(iam, 'CreateRole', { RoleName, AssumeRolePolicyDocument }, driver.call);
    }
    const arn = (name: string) => `arn:aws:iam::000000000000:role/${name}`;
    for (const name of ['bad', 'missing']) {
      await expect(driver.create(oneThing, { RoleARN: arn(name) })).rejects.toThrow(
        `Role ${arn(name)} is invalid or cannot be assumed`,
      );
    }
    await driver.create(oneThing, { RoleARN: arn('good') });
    const { Stacks = [] } = await execute(
      driver.service,
      'DescribeStacks',
      { StackName: 'app' },
      driver.call,
    );
    expect(Stacks[0]?.RoleARN).toBe(arn('good'));
  });

  it('find deleted stacks by their id alone', async () => {
    await driver.create(oneThing);
    const { id } = driver.stack();
    await driver.remove();
    const describeStack = (StackName: string) =>
      execute(driver.service, 'DescribeStacks', { StackName }, driver.call);
    await expect(describeStack('app')).rejects.toMatchObject({
      code: 'ValidationError',
      message: 'Stack with id app does not exist',
    });
    expect((await describeStack(id)).Stacks).toMatchObject([{ StackId: id, StackStatus: 'DELETE_COMPLETE' }]);
  });

  it('mask what must not be shown', async () => {
    const Parameters = { Secret: { Type: 'String', NoEcho: true }, Plain: { Type: 'String', Default: 'p' } };
    await driver.create(thingsTemplate({ A: {} }, { Parameters }), {
      Parameters: [{ ParameterKey: 'Secret', ParameterValue: 's' }],
    });
    const { Stacks } = await execute(driver.service, 'DescribeStacks', { StackName: 'app' }, driver.call);
    expect(Stacks?.[0]?.Parameters).toEqual([
      { ParameterKey: 'Secret', ParameterValue: '****' },
      { ParameterKey: 'Plain', ParameterValue: 'p' },
    ]);
  });

  it('give events the newest first, and all of them over the pages', async () => {
    await driver.create(
      thingsTemplate(Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`T${index}`, {}]))),
    );
    const first = await execute(driver.service, 'DescribeStackEvents', { StackName: 'app' }, driver.call);
    const second = await execute(
      driver.service,
      'DescribeStackEvents',
      { StackName: 'app', NextToken: first.NextToken },
      driver.call,
    );
    expect(first.StackEvents).toHaveLength(100);
    expect(first.StackEvents?.[0]).toMatchObject({
      LogicalResourceId: 'app',
      ResourceStatus: 'CREATE_COMPLETE',
    });
    expect(second.NextToken).toBeUndefined();
    const ids = [...(first.StackEvents ?? []), ...(second.StackEvents ?? [])].map(({ EventId }) => EventId);
    expect(new Set(ids).size).toBe(152);
  });

  it('summarize a template', async () => {
    const template = thingsTemplate(
      { A: {}, R: { Type: 'AWS::IAM::Role' } },
      { Description: 'd', Parameters: { P: { Type: 'Number', Default: 80, Description: 'port' } } },
    );
    const input = { TemplateBody: JSON.stringify(template) };
    expect(await execute(driver.service, 'GetTemplateSummary', input, driver.call)).toMatchObject({
      Description: 'd',
      ResourceTypes: ['Test::Thing', 'AWS::IAM::Role'],
      Capabilities: ['CAPABILITY_IAM'],
      CapabilitiesReason: 'The following resource(s) require capabilities: [AWS::IAM::Role]',
      Parameters: [{ ParameterKey: 'P', ParameterType: 'Number', DefaultValue: '80', Description: 'port' }],
    });
  });

  it('describe resources by logical and by physical id', async () => {
    await driver.create(thingsTemplate({ A: {}, B: {} }));
    const byPhysicalId = { PhysicalResourceId: 'B-2', LogicalResourceId: 'B' };
    expect(
      (await execute(driver.service, 'DescribeStackResources', byPhysicalId, driver.call)).StackResources,
    ).toMatchObject([
      {
        StackName: 'app',
        LogicalResourceId: 'B',
        PhysicalResourceId: 'B-2',
        ResourceStatus: 'CREATE_COMPLETE',
      },
    ]);
    const missing = { StackName: 'app', LogicalResourceId: 'C' };
    await expect(execute(driver.service, 'DescribeStackResource', missing, driver.call)).rejects.toThrow(
      'Resource C does not exist for stack app',
    );
  });
});

describe('change sets', () => {
  const named = { StackName: 'app', ChangeSetName: 'next' };

  async function propose(template: object, ChangeSetType: 'CREATE' | 'UPDATE') {
    const input = { ...named, ChangeSetType, TemplateBody: JSON.stringify(template) };
    await execute(driver.service, 'CreateChangeSet', input, driver.call);
    return execute(driver.service, 'DescribeChangeSet', named, driver.call);
  }

  it('make a stack', async () => {
    expect(await propose(oneThing, 'CREATE')).toMatchObject({
      Status: 'CREATE_COMPLETE',
      ExecutionStatus: 'AVAILABLE',
      Changes: [{ ResourceChange: { Action: 'Add', LogicalResourceId: 'A', ResourceType: 'Test::Thing' } }],
    });
    expect(driver.stack().status).toBe('REVIEW_IN_PROGRESS');
    await execute(driver.service, 'ExecuteChangeSet', named, driver.call);
    await driver.clock.advance(0);
    expect(driver.stack().status).toBe('CREATE_COMPLETE');
    await expect(execute(driver.service, 'ExecuteChangeSet', named, driver.call)).rejects.toMatchObject({
      code: 'InvalidChangeSetStatus',
    });
  });

  it('say what would be changed, replaced, added and removed', async () => {
    await driver.create(
      thingsTemplate({
        Changed: { Properties: { Size: 1 } },
        Replaced: { Properties: { Kind: 'a' } },
        Following: { Properties: { Of: { Ref: 'Replaced' }, Size: { 'Fn::GetAtt': 'Changed.Arn' } } },
        Kept: { Properties: { Of: { Ref: 'Changed' } } },
        Removed: {},
      }),
    );
    const { Changes = [] } = await propose(
      thingsTemplate({
        Changed: { Properties: { Size: 2 } },
        Replaced: { Properties: { Kind: 'b' } },
        Following: { Properties: { Of: { Ref: 'Replaced' }, Size: { 'Fn::GetAtt': 'Changed.Arn' } } },
        Kept: { Properties: { Of: { Ref: 'Changed' } } },
        Added: {},
      }),
      'UPDATE',
    );
    const told = Changes.map(({ ResourceChange: change }) => [
      change?.LogicalResourceId,
      change?.Action,
      change?.Replacement,
      change?.Details?.map(({ Target }) => Target?.Name).join(),
    ]);
    expect(told).toEqual([
      ['Changed', 'Modify', 'False', 'Size'],
      ['Replaced', 'Modify', 'True', 'Kind'],
      ['Following', 'Modify', 'False', 'Of,Size'],
      ['Added', 'Add', undefined, ''],
      ['Removed', 'Remove', undefined, ''],
    ]);
  });

  it('are deleted, there or not, where the stack is', async () => {
    await driver.create(oneThing);
    const asked = { StackName: 'app', ChangeSetName: 'next', TemplateBody: JSON.stringify(slowThing) };
    await execute(driver.service, 'CreateChangeSet', asked, driver.call);
    for (let times = 0; times < 2; times++) {
      await execute(driver.service, 'DeleteChangeSet', asked, driver.call);
      expect(driver.stack().changeSets.size).toBe(0);
    }
    const elsewhere = execute(driver.service, 'DeleteChangeSet', { ...asked, StackName: 'no' }, driver.call);
    await expect(elsewhere).rejects.toThrow('Stack [no] does not exist');
  });

  it('update a stack, and fail where there is nothing to update', async () => {
    await driver.create(oneThing);
    expect(await propose(oneThing, 'UPDATE')).toMatchObject({
      Status: 'FAILED',
      StatusReason:
        "The submitted information didn't contain changes. Submit different information to create a change set.",
    });
    await execute(driver.service, 'DeleteChangeSet', named, driver.call);
    await propose(thingsTemplate({ A: {}, B: {} }), 'UPDATE');
    await execute(driver.service, 'ExecuteChangeSet', named, driver.call);
    await driver.clock.advance(0);
    expect(driver.stack().status).toBe('UPDATE_COMPLETE');
    expect([...driver.stack().resources.keys()]).toEqual(['A', 'B']);
  });

  it.each([
    {
      name: 'a stack that is not there',
      type: 'UPDATE' as const,
      created: false,
      want: 'Stack [app] does not exist',
    },
    {
      name: 'a new stack that is there',
      type: 'CREATE' as const,
      created: true,
      want: 'already exists and cannot be created again',
    },
  ])('are refused for $name', async ({ type, created, want }) => {
    if (created) await driver.create(oneThing);
    await expect(propose(oneThing, type)).rejects.toThrow(want);
  });
});
