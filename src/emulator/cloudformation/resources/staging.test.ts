import { beforeEach, describe, expect, it } from 'vitest';
import { execute } from '../../core/execute.ts';
import { s3 } from '../../services/s3/index.ts';
import { ssm } from '../../services/ssm/index.ts';
import { type StackDriver, stackDriver } from '../testing/stack-driver.ts';
import { registeredProviders } from './registry.ts';

let driver: StackDriver;

beforeEach(() => {
  driver = stackDriver(registeredProviders);
});

/** What deployments stage their code in, as the CDK's bootstrap has it. */
const staging = (value: string, versioning: string) => ({
  Resources: {
    Bucket: {
      Type: 'AWS::S3::Bucket',
      DeletionPolicy: 'Delete',
      Properties: {
        BucketName: 'staging',
        AccessControl: 'Private',
        BucketEncryption: {
          ServerSideEncryptionConfiguration: [
            { ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: 'key' } },
          ],
        },
        PublicAccessBlockConfiguration: { BlockPublicAcls: 'true', BlockPublicPolicy: true },
        VersioningConfiguration: { Status: versioning },
        LifecycleConfiguration: {
          Rules: [
            { Id: 'old', Status: 'Enabled', NoncurrentVersionExpiration: { NoncurrentDays: '30' } },
            { Id: 'parts', Status: 'Enabled', AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 } },
          ],
        },
      },
    },
    Policy: {
      Type: 'AWS::S3::BucketPolicy',
      Properties: { Bucket: { Ref: 'Bucket' }, PolicyDocument: { Version: '2012-10-17', Statement: [] } },
    },
    Repository: {
      Type: 'AWS::ECR::Repository',
      Properties: { RepositoryName: 'images', ImageTagMutability: 'IMMUTABLE' },
    },
    Version: {
      Type: 'AWS::SSM::Parameter',
      Properties: { Type: 'String', Name: '/staging/version', Value: value, Tags: { owner: 'me' } },
    },
  },
  Outputs: {
    Uri: { Value: { 'Fn::GetAtt': 'Repository.RepositoryUri' } },
    Value: { Value: { 'Fn::GetAtt': 'Version.Value' } },
  },
});

const Bucket = 'staging';
const outputs = () => driver.stack().outputs.map(({ OutputValue }) => OutputValue);

describe('AWS::S3, AWS::ECR and AWS::SSM', () => {
  it('make what deployments stage their code in', async () => {
    await driver.create(staging('21', 'Enabled'));

    expect(driver.stack().status).toBe('CREATE_COMPLETE');
    expect(outputs()).toEqual(['000000000000.dkr.ecr.us-east-1.amazonaws.com/images', '21']);
    const { ServerSideEncryptionConfiguration } = await execute(
      s3,
      'GetBucketEncryption',
      { Bucket },
      driver.call,
    );
    expect(ServerSideEncryptionConfiguration?.Rules).toMatchObject([
      { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: 'key' } },
    ]);
    expect(await execute(s3, 'GetBucketVersioning', { Bucket }, driver.call)).toEqual({ Status: 'Enabled' });
    const { Rules } = await execute(s3, 'GetBucketLifecycleConfiguration', { Bucket }, driver.call);
    expect(Rules).toMatchObject([
      { ID: 'old', NoncurrentVersionExpiration: { NoncurrentDays: 30 } },
      { ID: 'parts', AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 } },
    ]);
    const block = await execute(s3, 'GetPublicAccessBlock', { Bucket }, driver.call);
    expect(block.PublicAccessBlockConfiguration).toEqual({ BlockPublicAcls: true, BlockPublicPolicy: true });
    const { Policy } = await execute(s3, 'GetBucketPolicy', { Bucket }, driver.call);
    expect(JSON.parse(Policy ?? '')).toEqual({ Version: '2012-10-17', Statement: [] });
  });

  it('change in place', async () => {
    await driver.create(staging('21', 'Enabled'));
    await driver.update(staging('22', 'Suspended'));

    expect(driver.stack().status).toBe('UPDATE_COMPLETE');
    expect(outputs()[1]).toBe('22');
    expect(await execute(s3, 'GetBucketVersioning', { Bucket }, driver.call)).toEqual({
      Status: 'Suspended',
    });
    const { Parameter } = await execute(ssm, 'GetParameter', { Name: '/staging/version' }, driver.call);
    expect(Parameter).toMatchObject({ Value: '22', Version: 2 });
    const resource = { ResourceType: 'Parameter', ResourceId: '/staging/version' } as const;
    const { TagList } = await execute(ssm, 'ListTagsForResource', resource, driver.call);
    expect(TagList).toContainEqual({ Key: 'owner', Value: 'me' });
    expect(TagList).toContainEqual({ Key: 'aws:cloudformation:stack-name', Value: 'app' });
  });

  it('leave nothing behind, and names that are taken alone', async () => {
    const { buckets, parameters, repositories } = driver.cell;
    const sizes = () => [buckets.all.size, parameters.all.size, repositories.size];
    await driver.create(staging('21', 'Enabled'));
    await driver.create(staging('21', 'Enabled'), { StackName: 'again' });
    expect(driver.stack().status).toBe('ROLLBACK_COMPLETE');
    expect(sizes()).toEqual([1, 1, 1]);

    await driver.remove();

    expect(sizes()).toEqual([0, 0, 0]);
  });

  it('give what is stored to other stacks', async () => {
    await execute(ssm, 'PutParameter', { Name: '/name', Value: 'first', Type: 'String' }, driver.call);
    const template = {
      Parameters: { Name: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/name' } },
      Resources: {
        Copy: {
          Type: 'AWS::SSM::Parameter',
          Properties: {
            Name: '/copy',
            Type: 'String',
            Value: { 'Fn::Sub': '$' + '{Name} {{resolve:ssm:/name:1}}' },
          },
        },
      },
    };
    await driver.create(template);
    expect(driver.cell.parameters.valueOf('/copy')).toBe('first first');

    const second = { Name: '/name', Value: 'second', Overwrite: true };
    await execute(ssm, 'PutParameter', second, driver.call);
    await driver.update(template);

    expect(driver.cell.parameters.valueOf('/copy')).toBe('second first');
    const { Stacks = [] } = await execute(
      driver.service,
      'DescribeStacks',
      { StackName: 'app' },
      driver.call,
    );
    expect(Stacks[0]?.Parameters).toEqual([
      { ParameterKey: 'Name', ParameterValue: '/name', ResolvedValue: 'second' },
    ]);
  });
});
