import type { FunctionResponseType, ScalingConfig } from '@aws-sdk/client-lambda';
import type { Cell } from '../../core/cell.ts';
import type { FunctionVersion } from '../../world/functions/function-version.ts';
import { identityStatements } from '../../world/identity/identity-statements.ts';
import { allows } from '../../world/identity/policy-evaluation.ts';
import { invalidParameter } from './errors.ts';

/** The settings of a mapping that this local AWS knows. */
export interface MappingSettings {
  BatchSize?: number | undefined;
  Enabled?: boolean | undefined;
  FunctionResponseTypes?: FunctionResponseType[] | undefined;
  ScalingConfig?: ScalingConfig | undefined;
}

const known = [
  'BatchSize',
  'Enabled',
  'EventSourceArn',
  'FunctionName',
  'FunctionResponseTypes',
  'MaximumBatchingWindowInSeconds',
  'ScalingConfig',
  'Tags',
  'UUID',
];

/** Without a batching window, which is not known here, a batch holds no more. */
const mostMessages = 10;

/** What the function's role must be allowed, or Lambda refuses the mapping. */
const actions = ['ReceiveMessage', 'DeleteMessage', 'GetQueueAttributes'];

/** @throws AwsError `InvalidParameterValueException` */
export function checkSettings(
  input: MappingSettings & { MaximumBatchingWindowInSeconds?: number | undefined },
): void {
  const unknown = Object.keys(input).find((name) => !known.includes(name));
  if (unknown !== undefined || input.MaximumBatchingWindowInSeconds) {
    const name = unknown ?? 'MaximumBatchingWindowInSeconds';
    throw invalidParameter(`${name} of an event source mapping is not known to this local AWS: leave it out`);
  }
  const { BatchSize = 1, ScalingConfig } = input;
  if (BatchSize < 1 || BatchSize > mostMessages) {
    throw invalidParameter(
      `Batch size ${BatchSize} is invalid: without a batching window it is from 1 to ${mostMessages}`,
    );
  }
  const concurrency = ScalingConfig?.MaximumConcurrency ?? 2;
  if (concurrency < 2 || concurrency > 1000) {
    throw invalidParameter(`MaximumConcurrency must be from 2 to 1000, got ${concurrency}`);
  }
}

/** @throws AwsError `InvalidParameterValueException` */
export function checkSource(cell: Cell, queueArn: string, { settings }: FunctionVersion): void {
  const queue = cell.queues.byArn(queueArn);
  if (!queue) {
    throw invalidParameter(
      `Error occurred while ReceiveMessage. SQS Error Code: AWS.SimpleQueueService.NonExistentQueue. ${queueArn} is no queue of this account and region.`,
    );
  }
  const { visibilityTimeout } = queue.settings;
  if (visibilityTimeout < settings.timeoutSeconds) {
    throw invalidParameter(
      `Queue visibility timeout: ${visibilityTimeout} seconds is less than Function timeout: ${settings.timeoutSeconds} seconds`,
    );
  }
  const role = cell.identity.roleByArn(settings.role);
  const statements = role ? identityStatements(cell.identity, role) : [];
  const principal = { arn: settings.role, account: cell.account };
  const refused = actions.find(
    (action) => !allows(statements, { principal, action: `sqs:${action}`, resource: queueArn, context: {} }),
  );
  if (refused === undefined) return;
  throw invalidParameter(`The function execution role does not have permissions to call ${refused} on SQS`);
}
