import type { EventSourceMappingConfiguration, Lambda } from '@aws-sdk/client-lambda';
import type { Cell } from '../../core/cell.ts';
import { uuid } from '../../core/random.ts';
import { required } from '../../core/required.ts';
import type { Call, Operations } from '../../core/service.ts';
import type { EventSourceMapping } from '../../world/functions/event-source-mappings.ts';
import { qualifiedArn } from '../../world/functions/lambda-function.ts';
import { resourceConflict, resourceNotFound } from './errors.ts';
import { checkSettings, checkSource, type MappingSettings } from './event-source-checks.ts';
import { pageOf } from './pages.ts';
import { QueuePoller } from './queue-poller.ts';
import { findVersion } from './reference.ts';

/** How long a mapping takes to become what was asked for; AWS says it may be a minute. */
const settlingMs = 2000;

const defaultBatchSize = 10;

export const eventSourceMappings: Operations<Lambda> = {
  CreateEventSourceMapping(input, call) {
    const { cell } = call;
    const queueArn = required(input.EventSourceArn, 'eventSourceArn');
    const { target, qualifier, version } = findVersion(input, call);
    checkSettings(input);
    checkSource(cell, queueArn, version);
    const functionArn = qualifiedArn(target, qualifier);
    const twin = [...cell.eventSourceMappings.all.values()].find(
      (other) => other.queueArn === queueArn && other.functionArn === functionArn,
    );
    if (twin) {
      throw resourceConflict(
        `An event source mapping with SQS arn ("${queueArn}") and function ("${target.name}") already exists. Please update or delete the existing mapping with UUID ${twin.id}`,
      );
    }
    const id = uuid(cell.random);
    const mapping: EventSourceMapping = {
      id,
      arn: `arn:aws:lambda:${cell.region}:${cell.account}:event-source-mapping:${id}`,
      queueArn,
      functionArn,
      batchSize: defaultBatchSize,
      maximumConcurrency: undefined,
      reportsFailures: false,
      enabled: true,
      state: 'Creating',
      lastModified: cell.clock.now(),
      tags: new Map(Object.entries(input.Tags ?? {})),
      poller: undefined,
    };
    change(mapping, input);
    cell.eventSourceMappings.all.set(id, mapping);
    settle(cell, mapping);
    return describe(mapping);
  },

  GetEventSourceMapping(input, call) {
    return describe(find(input, call));
  },

  ListEventSourceMappings(input, call) {
    const functionArn = input.FunctionName === undefined ? undefined : arnOf(input.FunctionName, call);
    const matching = [...call.cell.eventSourceMappings.all.values()].filter(
      (mapping) =>
        (functionArn === undefined || mapping.functionArn === functionArn) &&
        (input.EventSourceArn === undefined || mapping.queueArn === input.EventSourceArn),
    );
    const { items, nextToken } = pageOf(matching, ({ id }) => id, input);
    return { EventSourceMappings: items.map(describe), NextMarker: nextToken };
  },

  UpdateEventSourceMapping(input, call) {
    const mapping = find(input, call);
    checkSettings(input);
    if (input.FunctionName !== undefined) {
      checkSource(call.cell, mapping.queueArn, findVersion(input, call).version);
      mapping.functionArn = arnOf(input.FunctionName, call);
    }
    change(mapping, input);
    mapping.state = 'Updating';
    mapping.lastModified = call.cell.clock.now();
    settle(call.cell, mapping);
    return describe(mapping);
  },

  DeleteEventSourceMapping(input, { cell }) {
    const mapping = find(input, { cell });
    mapping.poller?.stop();
    mapping.poller = undefined;
    mapping.state = 'Deleting';
    cell.clock.after(settlingMs, () => cell.eventSourceMappings.all.delete(mapping.id));
    return describe(mapping);
  },
};

function arnOf(FunctionName: string, call: Call): string {
  const { target, qualifier } = findVersion({ FunctionName }, call);
  return qualifiedArn(target, qualifier);
}

function change(mapping: EventSourceMapping, input: MappingSettings): void {
  mapping.batchSize = input.BatchSize ?? mapping.batchSize;
  mapping.enabled = input.Enabled ?? mapping.enabled;
  if (input.ScalingConfig) mapping.maximumConcurrency = input.ScalingConfig.MaximumConcurrency;
  if (input.FunctionResponseTypes) {
    mapping.reportsFailures = input.FunctionResponseTypes.includes('ReportBatchItemFailures');
  }
}

/** After a while the mapping is what was asked for: it polls, or it does not. */
function settle(cell: Cell, mapping: EventSourceMapping): void {
  cell.clock.after(settlingMs, () => {
    if (mapping.state !== 'Creating' && mapping.state !== 'Updating') return;
    mapping.poller?.stop();
    mapping.state = mapping.enabled ? 'Enabled' : 'Disabled';
    mapping.poller = mapping.enabled && !cell.functions.closed ? new QueuePoller(cell, mapping) : undefined;
  });
}

function find({ UUID }: { UUID?: string | undefined }, { cell }: Pick<Call, 'cell'>): EventSourceMapping {
  const mapping = cell.eventSourceMappings.all.get(required(UUID, 'uuid'));
  if (!mapping) throw resourceNotFound('The resource you requested does not exist.');
  return mapping;
}

function describe(mapping: EventSourceMapping): EventSourceMappingConfiguration {
  const { maximumConcurrency } = mapping;
  return {
    UUID: mapping.id,
    EventSourceMappingArn: mapping.arn,
    EventSourceArn: mapping.queueArn,
    FunctionArn: mapping.functionArn,
    BatchSize: mapping.batchSize,
    MaximumBatchingWindowInSeconds: 0,
    State: mapping.state,
    StateTransitionReason: 'USER_INITIATED',
    LastModified: new Date(mapping.lastModified),
    FunctionResponseTypes: mapping.reportsFailures ? ['ReportBatchItemFailures'] : [],
    ...(maximumConcurrency !== undefined && { ScalingConfig: { MaximumConcurrency: maximumConcurrency } }),
  };
}
