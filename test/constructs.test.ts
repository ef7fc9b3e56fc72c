import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { CloudWatch } from '@aws-sdk/client-cloudwatch';
import { CreateManagedPrefixListCommand, GetManagedPrefixListEntriesCommand } from '@aws-sdk/client-ec2';
import {
  CreateTargetGroupCommand,
  DescribeTargetHealthCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as sns from 'aws-cdk-lib/aws-sns';
import { SqsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { afterEach, expect, test } from 'vitest';
import { AddressSource, AllowListSync, DnsTarget, TargetGroupSync } from '../src/cdk/index.ts';
import { LocalCode } from '../src/cdk/templates/local-code.ts';
import { TemplateStack } from '../src/cdk/templates/template-stack.ts';
import { awsClients } from '../src/cli/local/aws-clients.ts';
import { type Closing, closeAll } from '../src/cli/local/closing.ts';
import { deploy } from '../src/cli/local/deploy.ts';
import { createNetwork } from '../src/cli/local/network.ts';
import { packageFunctions } from '../src/cli/local/package-functions.ts';
import { type Cell, scaledClock, startEmulator } from '../src/emulator/index.ts';
import { invocations, until } from './until.ts';

const closing: Closing = [];
afterEach(() => closeAll(closing));

test('a DNS name behind an NLB, and an allow-list: one function, under its role, follows both, and alarms tell', async () => {
  const clock = scaledClock(60);
  closing.push(() => clock.close());
  const local = await startEmulator({ port: 0, clock, seed: 1, dataPlane: { apiPort: 0, loopback: 'auto' } });
  closing.push(() => local.close());
  const clients = awsClients(local.endpoint);
  closing.push(() => clients.close());
  const cell = local.cell();
  cell.names.set('db.example.internal', { addresses: ['10.0.0.21', '10.0.1.21'], ttl: 5 });
  const { vpcId } = await createNetwork(clients.ec2);
  const [targetGroupArn = '', watchedArn = ''] = await Promise.all(
    ['db', 'watched'].map(async (Name) => {
      const group = { Name, Protocol: 'TCP', Port: 5432, TargetType: 'ip', VpcId: vpcId } as const;
      const { TargetGroups } = await clients.elbv2.send(new CreateTargetGroupCommand(group));
      return TargetGroups?.[0]?.TargetGroupArn ?? '';
    }),
  );
  const list = { PrefixListName: 'allowed', MaxEntries: 10, AddressFamily: 'IPv4' };
  const { PrefixList } = await clients.ec2.send(new CreateManagedPrefixListCommand(list));
  const listId = PrefixList?.PrefixListId ?? '';

  const folder = mkdtempSync(join(tmpdir(), 'albridge-constructs-'));
  closing.push(async () => rmSync(folder, { recursive: true }));
  const template = join(folder, 'template.json');
  writeFileSync(template, JSON.stringify(stackOf(folder, { targetGroupArn, watchedArn, listId })));
  const packaged = await packageFunctions(clients.s3, pathToFileURL(template));
  await deploy(clients.cloudFormation, { stackName: 'db', template: packaged, parameters: {} }, () => {});
  const [logGroup = ''] = cell.logGroups.all.keys();

  const held = async () => {
    const { TargetHealthDescriptions = [] } = await clients.elbv2.send(
      new DescribeTargetHealthCommand({ TargetGroupArn: targetGroupArn }),
    );
    const { Entries = [] } = await clients.ec2.send(
      new GetManagedPrefixListEntriesCommand({ PrefixListId: listId }),
    );
    return {
      targets: TargetHealthDescriptions.map(({ Target }) => `${Target?.Id}:${Target?.Port}`).sort(),
      entries: Entries.map(({ Cidr }) => Cidr).sort(),
    };
  };
  // A prefix list shows what is written a moment later: the second pass ends after it.
  await invocations(cell, logGroup, 2);
  expect(await held()).toEqual({
    targets: ['10.0.0.21:5432', '10.0.1.21:5432'],
    entries: ['10.0.0.21/32', '10.0.1.21/32'],
  });
  cell.names.set('db.example.internal', { addresses: ['10.0.0.22', '10.0.1.21'], ttl: 5 });
  await invocations(cell, logGroup, 2);
  const { targets, entries } = await held();
  expect(targets).toContain('10.0.0.22:5432');
  expect(entries).toEqual(['10.0.0.22/32', '10.0.1.21/32']);

  const cloudWatch = new CloudWatch({
    endpoint: local.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  closing.push(async () => cloudWatch.destroy());
  const Metric = {
    Namespace: 'albridge',
    MetricName: 'Desired',
    Dimensions: [{ Name: 'Binding', Value: 'db.Watched' }],
  };
  const { MetricDataResults } = await cloudWatch.getMetricData({
    StartTime: new Date(clock.now() - 600_000),
    EndTime: new Date(clock.now()),
    MetricDataQueries: [{ Id: 'desired', MetricStat: { Metric, Period: 600, Stat: 'Maximum' } }],
  });
  expect(MetricDataResults?.[0]?.Values?.[0]).toBe(2);
  const { DashboardEntries } = await cloudWatch.listDashboards({});
  expect(DashboardEntries).toHaveLength(1);

  cell.names.set('db.example.internal', { addresses: [], failure: 'SERVFAIL', ttl: 5 });
  await until(cell.alarms.changes, () => areIn(cell, 'ALARM'));
  cell.names.set('db.example.internal', { addresses: ['10.0.0.22', '10.0.1.21'], ttl: 5 });
  await until(cell.alarms.changes, () => areIn(cell, 'OK'));
  // Before there were any passes, there was silence, which the first of them tells as well.
  expect(told(cell, 'StalledAlarm').slice(-3)).toEqual(['OK', 'ALARM', 'OK']);
  expect(told(cell, 'ErrorsAlarm').slice(-3)).toEqual(['OK', 'ALARM', 'OK']);
});

/** Whether the alarms are so that tell of failing passes and of failing invocations. */
function areIn({ alarms }: Cell, state: string): boolean {
  const failing = alarms.metricAlarms.filter(({ name }) => /StalledAlarm|ErrorsAlarm/.test(name));
  return failing.length === 2 && failing.every((alarm) => alarm.state.value === state);
}

/** The states of an alarm that the topic's subscriber was told, the first one first. */
function told({ queues }: Cell, alarm: string): string[] {
  const messages = [...queues.all.values()].flatMap((queue) => queue.messages);
  return messages
    .map(({ body }) => JSON.parse(JSON.parse(body).Message))
    .filter(({ AlarmName }) => AlarmName.includes(alarm))
    .map(({ NewStateValue }) => NewStateValue);
}

interface Held {
  targetGroupArn: string;
  watchedArn: string;
  listId: string;
}

function stackOf(outdir: string, { targetGroupArn, watchedArn, listId }: Held): object {
  const app = new App({ builtinCloudFormationValidation: false, outdir: join(outdir, 'out') });
  const stack = new TemplateStack(app, 'A DNS name behind an NLB, and an allow-list');
  const syncCode = new LocalCode(new URL('../dist/lambda/sync', import.meta.url).href);
  const imported = (id: string, arn: string) =>
    elbv2.NetworkTargetGroup.fromTargetGroupAttributes(stack, id, { targetGroupArn: arn });
  const source = AddressSource.dns('db.example.internal');
  imported('Group', targetGroupArn).addTarget(new DnsTarget('db.example.internal', { port: 5432, syncCode }));
  const prefixList = ec2.PrefixList.fromPrefixListId(stack, 'List', listId);
  new AllowListSync(stack, 'Allow', { prefixList, source, syncCode });
  const topic = new sns.Topic(stack, 'Alarms');
  topic.addSubscription(new SqsSubscription(new sqs.Queue(stack, 'Told')));
  const targetGroup = imported('WatchedGroup', watchedArn);
  const watched = new TargetGroupSync(stack, 'Watched', { port: 5432, source, syncCode, targetGroup });
  watched.addAlarms({ topic });
  watched.syncFunction.addDashboard();
  return Template.fromStack(stack).toJSON();
}
