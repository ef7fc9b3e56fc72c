import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as lambda from 'aws-cdk-lib/aws-lambda';

/** A statement of a policy, in a template or in JSON. */
export interface Statement {
  Action: string | string[];
  Resource: unknown;
}

export interface Resource {
  Type: string;
  // biome-ignore lint/suspicious/noExplicitAny: properties are whatever the type says
  Properties: any;
}

/** What constructs come to in the account and region of the local AWS, by logical id. */
export function resourcesOf(make: (stack: Stack, code: lambda.Code) => void): Record<string, Resource> {
  const outdir = mkdtempSync(join(tmpdir(), 'albridge-constructs-'));
  const app = new App({ builtinCloudFormationValidation: false, outdir });
  const stack = new Stack(app, 'Stack', { env: { account: '000000000000', region: 'us-east-1' } });
  make(stack, lambda.Code.fromInline('exports.handler = async () => {}'));
  const { Resources } = Template.fromStack(stack).toJSON();
  rmSync(outdir, { recursive: true });
  return Resources;
}

/** What the role allows whose logical id has a part in it. */
export function roleStatements(resources: Record<string, Resource>, part: string): Statement[] {
  const [, role] =
    Object.entries(resources).find(([id, { Type }]) => Type === 'AWS::IAM::Role' && id.includes(part)) ?? [];
  return role?.Properties.Policies[0].PolicyDocument.Statement ?? [];
}

/** `<action> on <resource>` for each pair, sorted: the same however many statements it takes. */
export function grants(statements: readonly Statement[]): string[] {
  const pairs = statements.flatMap(({ Action, Resource }) =>
    [Action].flat().flatMap((action) => [Resource].flat().map((one) => `${action} on ${nameOf(one)}`)),
  );
  return [...new Set(pairs)].sort();
}

/** What is a function's own has other names in a stack than in a module. */
function nameOf(resource: unknown): string {
  const arn = arnOf(resource);
  if (/LogGroup|:log-group:/.test(arn)) return 'its log group';
  if (/Queue|:sqs:/.test(arn)) return 'its queue';
  if (arn.includes(':ssm:')) return 'its parameters';
  return arn;
}

function arnOf(resource: unknown): string {
  if (typeof resource === 'string') return resource;
  const { Ref, 'Fn::GetAtt': attribute, 'Fn::Join': joined } = resource as Record<string, unknown>;
  if (Array.isArray(attribute)) return String(attribute[0]);
  if (Array.isArray(joined)) return joined[1].map(arnOf).join('');
  return Ref === 'AWS::Partition' ? 'aws' : String(Ref);
}

/** What an alarm looks at and when it rings, as a template and Terraform's plan both tell it. */
export interface AlarmRule {
  metric: string;
  binding: string | undefined;
  statistic: string;
  comparison: string;
  threshold: number;
  period: number;
  periods: number;
  missing: string;
}

export function constructAlarms(resources: Record<string, Resource>): AlarmRule[] {
  const alarms = Object.values(resources).filter(({ Type }) => Type === 'AWS::CloudWatch::Alarm');
  return sorted(
    alarms.map(({ Properties: alarm }) => ({
      metric: `${alarm.Namespace} ${alarm.MetricName}`,
      binding: alarm.Dimensions.find(({ Name }: { Name: string }) => Name === 'Binding')?.Value,
      statistic: alarm.Statistic,
      comparison: alarm.ComparisonOperator,
      threshold: alarm.Threshold,
      period: alarm.Period,
      periods: alarm.EvaluationPeriods,
      missing: alarm.TreatMissingData,
    })),
  );
}

/** Those that a plan, in JSON, is to make below an address. */
export function plannedAlarms(planned: readonly PlannedResource[]): AlarmRule[] {
  const alarms = planned.filter(({ type }) => type === 'aws_cloudwatch_metric_alarm');
  return sorted(
    alarms.map(({ change: { after: alarm } }) => ({
      metric: `${alarm.namespace} ${alarm.metric_name}`,
      binding: alarm.dimensions?.Binding,
      statistic: alarm.statistic,
      comparison: alarm.comparison_operator,
      threshold: alarm.threshold,
      period: alarm.period,
      periods: alarm.evaluation_periods,
      missing: alarm.treat_missing_data,
    })),
  );
}

/** A change of `terraform show -json`, as far as it is looked at. */
export interface PlannedResource {
  address: string;
  type: string;
  // biome-ignore lint/suspicious/noExplicitAny: attributes are whatever the type says
  change: { after: any };
}

function sorted(alarms: AlarmRule[]): AlarmRule[] {
  return alarms.sort((one, other) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1));
}

export function importedGroup(stack: Stack, targetGroupArn: string): elbv2.ITargetGroup {
  return elbv2.NetworkTargetGroup.fromTargetGroupAttributes(stack, targetGroupArn, { targetGroupArn });
}
