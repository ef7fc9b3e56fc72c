import { setTimeout as delay } from 'node:timers/promises';
import {
  type CloudFormationClient,
  CreateStackCommand,
  DescribeStacksCommand,
  paginateDescribeStackEvents,
  type StackEvent,
} from '@aws-sdk/client-cloudformation';
import { UsageError } from '../usage-error.ts';
import type { Report } from './reporter.ts';

/** Between two looks at the stack, in real milliseconds. */
const pollInterval = 200;

export interface Deployment {
  stackName: string;
  template: string;
  parameters: Record<string, string>;
}

/**
 * Creates the stack, tells of each resource, and gives the outputs.
 *
 * @throws UsageError with the reasons when the stack was rolled back
 */
export async function deploy(
  client: CloudFormationClient,
  { stackName, template, parameters }: Deployment,
  report: Report,
): Promise<Record<string, string>> {
  await client.send(
    new CreateStackCommand({
      StackName: stackName,
      TemplateBody: template,
      Capabilities: ['CAPABILITY_IAM'],
      Parameters: Object.entries(parameters).map(([ParameterKey, ParameterValue]) => ({
        ParameterKey,
        ParameterValue,
      })),
    }),
  );
  const seen = new Set<string>();
  const reasons: string[] = [];
  for (;;) {
    const { Stacks } = await client.send(new DescribeStacksCommand({ StackName: stackName }));
    for (const event of await newEvents(client, stackName, seen)) {
      if (event.ResourceStatus === 'CREATE_FAILED')
        reasons.push(`${event.LogicalResourceId}: ${event.ResourceStatusReason}`);
      tell(event, stackName, report);
    }
    const { StackStatus: status = '', Outputs = [] } = Stacks?.[0] ?? {};
    if (status === 'CREATE_COMPLETE')
      return Object.fromEntries(Outputs.map((output) => [output.OutputKey, output.OutputValue]));
    if (!status.endsWith('IN_PROGRESS')) {
      throw new UsageError(`the stack could not be created (${status}):\n  ${reasons.join('\n  ')}`);
    }
    await delay(pollInterval);
  }
}

async function newEvents(
  client: CloudFormationClient,
  stackName: string,
  seen: Set<string>,
): Promise<StackEvent[]> {
  const found: StackEvent[] = [];
  for await (const { StackEvents = [] } of paginateDescribeStackEvents(
    { client },
    { StackName: stackName },
  )) {
    found.push(...StackEvents.filter(({ EventId = '' }) => !seen.has(EventId)));
  }
  for (const { EventId = '' } of found) seen.add(EventId);
  return found.reverse();
}

function tell(event: StackEvent, stackName: string, report: Report): void {
  const { LogicalResourceId: logicalId = '', ResourceType: type = '', ResourceStatus: status = '' } = event;
  const isProgress = status.endsWith('IN_PROGRESS') && logicalId !== stackName;
  if (isProgress) return;
  const reason = status.endsWith('FAILED') ? event.ResourceStatusReason : undefined;
  report({ event: 'resource', logicalId, type, status, ...(reason === undefined ? {} : { reason }) });
}
