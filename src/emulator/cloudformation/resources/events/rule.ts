import { execute } from '../../../core/execute.ts';
import { events } from '../../../services/events/index.ts';
import { readRecords, readText, requireText, toInput } from '../../properties.ts';
import {
  type ProvidedResource,
  type ResourceContext,
  ResourceFailure,
  type ResourceProvider,
} from '../../resource-provider.ts';
import { isRecord, type Properties } from '../../template/template.ts';
import { tagList } from '../tags.ts';

const maxNameLength = 64;

/** `AWS::Events::Rule` */
export const rule: ResourceProvider = {
  createOnly: ['EventBusName', 'Name'],

  async create(properties, context) {
    const Name = readText(properties, 'Name') ?? context.physicalName(maxNameLength);
    const arn = await putRule(Name, { ...properties, Tags: tagList(properties, context) }, context);
    context.initiated(Name);
    await changeTargets(Name, properties, {}, context);
    return provided(Name, arn);
  },

  async update(name, properties, previous, context) {
    const arn = await putRule(name, properties, context);
    await changeTargets(name, properties, previous, context);
    return provided(name, arn);
  },

  async delete(Name, properties, context) {
    await changeTargets(Name, {}, properties, context);
    await execute(events, 'DeleteRule', { Name, ...busOf(properties) }, context.call);
  },
};

async function putRule(
  Name: string,
  properties: Properties,
  { call }: ResourceContext,
): Promise<string | undefined> {
  const { EventPattern } = properties;
  const pattern = isRecord(EventPattern) ? { EventPattern: JSON.stringify(EventPattern) } : {};
  const input = toInput(events, 'PutRule', { ...properties, ...pattern, Name }, ['Targets']);
  return (await execute(events, 'PutRule', input, call)).RuleArn;
}

async function changeTargets(
  Rule: string,
  desired: Properties,
  current: Properties,
  { call }: ResourceContext,
): Promise<void> {
  const Targets = readRecords(desired, 'Targets');
  const bus = busOf({ ...current, ...desired });
  const kept = new Set(Targets.map(({ Id }) => Id));
  const removed = readRecords(current, 'Targets').filter(({ Id }) => !kept.has(Id));
  if (removed.length > 0) {
    const Ids = removed.map((target) => requireText(target, 'Id'));
    await execute(events, 'RemoveTargets', { Rule, Ids, ...bus }, call);
  }
  if (Targets.length === 0) return;
  const input = toInput(events, 'PutTargets', { Rule, Targets, ...bus });
  const { FailedEntries: [failed] = [] } = await execute(events, 'PutTargets', input, call);
  if (failed)
    throw new ResourceFailure(failed.ErrorMessage ?? `Target ${failed.TargetId} could not be added`);
}

function busOf(properties: Properties): { EventBusName?: string } {
  const EventBusName = readText(properties, 'EventBusName');
  return EventBusName === undefined ? {} : { EventBusName };
}

function provided(physicalId: string, arn: string | undefined): ProvidedResource {
  return { physicalId, attributes: { Arn: arn } };
}
