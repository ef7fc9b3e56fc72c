import { EC2 } from '@aws-sdk/client-ec2';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { steppedClock } from '../../clock/stepped-clock.ts';
import { type Emulator, startEmulator } from '../../emulator.ts';

const clock = steppedClock();
let local: Emulator;
let ec2: EC2;

beforeEach(async () => {
  local = await startEmulator({ clock, port: 0, dataPlane: false, seed: 1 });
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  ec2 = new EC2({ endpoint: local.endpoint, region: 'us-east-1', credentials });
});
afterEach(async () => {
  ec2.destroy();
  await local.close();
});

const LaunchTemplateName = 'web';
const LaunchTemplateData = { InstanceType: 't4g.micro' } as const;

async function create(): Promise<string> {
  const { LaunchTemplate } = await ec2.createLaunchTemplate({
    LaunchTemplateName,
    LaunchTemplateData: { ImageId: 'ami-1', InstanceType: 't4g.nano', UserData: 'IyE=' },
    TagSpecifications: [{ ResourceType: 'launch-template', Tags: [{ Key: 'team', Value: 'one' }] }],
  });
  return LaunchTemplate?.LaunchTemplateId ?? '';
}

async function outcome(call: Promise<unknown>): Promise<string> {
  return call.then(
    () => 'done',
    (error: Error) => error.name,
  );
}

it('has versions, each of which takes what it does not say from its source', async () => {
  await create();
  await ec2.createLaunchTemplateVersion({ LaunchTemplateName, SourceVersion: '1', LaunchTemplateData });
  await ec2.createLaunchTemplateVersion({ LaunchTemplateName, LaunchTemplateData });
  const { LaunchTemplateVersions: versions = [] } = await ec2.describeLaunchTemplateVersions({
    LaunchTemplateName,
  });
  expect(
    versions.map(({ VersionNumber, DefaultVersion, LaunchTemplateData: data }) => [
      VersionNumber,
      DefaultVersion,
      data?.InstanceType,
      data?.ImageId,
    ]),
  ).toEqual([
    [1, true, 't4g.nano', 'ami-1'],
    [2, false, 't4g.micro', 'ami-1'],
    [3, false, 't4g.micro', undefined],
  ]);
  await ec2.modifyLaunchTemplate({ LaunchTemplateName, DefaultVersion: '2' });
  const Versions = ['$Default', '$Latest'];
  const chosen = await ec2.describeLaunchTemplateVersions({ LaunchTemplateName, Versions });
  expect(chosen.LaunchTemplateVersions?.map(({ VersionNumber }) => VersionNumber)).toEqual([2, 3]);
});

it('loses versions but the default one', async () => {
  const LaunchTemplateId = await create();
  await ec2.createLaunchTemplateVersion({ LaunchTemplateId, SourceVersion: '1', LaunchTemplateData });
  const deleted = await ec2.deleteLaunchTemplateVersions({ LaunchTemplateId, Versions: ['1', '2', '9'] });
  expect(deleted.SuccessfullyDeletedLaunchTemplateVersions).toMatchObject([{ VersionNumber: 2 }]);
  expect(
    deleted.UnsuccessfullyDeletedLaunchTemplateVersions?.map(({ ResponseError }) => ResponseError?.Code),
  ).toEqual(['unexpectedError', 'launchTemplateVersionDoesNotExist']);
  const made = await ec2.createLaunchTemplateVersion({ LaunchTemplateId, LaunchTemplateData });
  expect(made.LaunchTemplateVersion?.VersionNumber).toBe(3);
});

it('is described by id, by name and by tag, and deleted', async () => {
  const id = await create();
  const found = async (input: Parameters<EC2['describeLaunchTemplates']>[0]) =>
    (await ec2.describeLaunchTemplates(input)).LaunchTemplates?.map(
      ({ LaunchTemplateId }) => LaunchTemplateId,
    );
  expect(await found({ LaunchTemplateIds: [id] })).toEqual([id]);
  expect(await found({ LaunchTemplateNames: ['web'] })).toEqual([id]);
  expect(await found({ Filters: [{ Name: 'tag:team', Values: ['two'] }] })).toEqual([]);
  await ec2.deleteLaunchTemplate({ LaunchTemplateId: id });
  expect(await found({})).toEqual([]);
});

it('launches an instance, whose call goes before it', async () => {
  const LaunchTemplateId = await create();
  const { Instances } = await ec2.runInstances({
    LaunchTemplate: { LaunchTemplateId },
    InstanceType: 't4g.micro',
    MinCount: 1,
    MaxCount: 1,
  });
  expect(Instances).toMatchObject([
    { ImageId: 'ami-1', InstanceType: 't4g.micro', State: { Name: 'pending' } },
  ]);
  const status = async () => (await ec2.describeInstanceStatus({})).InstanceStatuses;
  expect(await status()).toEqual([]);
  await clock.advance(10_000);
  expect(await status()).toMatchObject([{ InstanceStatus: { Status: 'ok' } }]);
  await fetch(`${local.endpoint}/_emulator/instances/${Instances?.[0]?.InstanceId}/kill`, { method: 'POST' });
  expect(await status()).toMatchObject([{ InstanceStatus: { Status: 'impaired' } }]);
  const InstanceIds = [Instances?.[0]?.InstanceId ?? ''];
  await ec2.terminateInstances({ InstanceIds });
  await clock.advance(60_000);
  const { Reservations } = await ec2.describeInstances({ InstanceIds });
  expect(Reservations?.[0]?.Instances).toMatchObject([{ State: { Name: 'terminated' } }]);
  await clock.advance(3_600_000);
  expect(await outcome(ec2.describeInstances({ InstanceIds }))).toBe('InvalidInstanceID.NotFound');
});

it.each([
  {
    name: 'a name that is taken',
    call: () => create(),
    want: 'InvalidLaunchTemplateName.AlreadyExistsException',
  },
  {
    name: 'a name with a blank',
    call: () => ec2.createLaunchTemplate({ LaunchTemplateName: 'a b c', LaunchTemplateData }),
    want: 'InvalidLaunchTemplateName.MalformedException',
  },
  {
    name: 'an unknown id',
    call: () => ec2.deleteLaunchTemplate({ LaunchTemplateId: 'lt-0' }),
    want: 'InvalidLaunchTemplateId.NotFound',
  },
  {
    name: 'an unknown name',
    call: () => ec2.describeLaunchTemplates({ LaunchTemplateNames: ['none'] }),
    want: 'InvalidLaunchTemplateName.NotFoundException',
  },
  {
    name: 'an unknown version',
    call: () => ec2.modifyLaunchTemplate({ LaunchTemplateName, DefaultVersion: '7' }),
    want: 'InvalidLaunchTemplateId.VersionNotFound',
  },
  { name: 'no template', call: () => ec2.deleteLaunchTemplate({}), want: 'MissingParameter' },
  {
    name: 'an id and a name',
    call: () => ec2.deleteLaunchTemplate({ LaunchTemplateName, LaunchTemplateId: 'lt-0' }),
    want: 'InvalidParameterCombination',
  },
  {
    name: 'an instance with a profile that is not there',
    call: () =>
      ec2.runInstances({ ImageId: 'ami-1', MinCount: 1, MaxCount: 1, IamInstanceProfile: { Name: 'none' } }),
    want: 'InvalidParameterValue',
  },
])('refuses $name', async ({ call, want }) => {
  await create();
  expect(await outcome(call())).toBe(want);
});
