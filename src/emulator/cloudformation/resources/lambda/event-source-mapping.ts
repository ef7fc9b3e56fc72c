import { execute } from '../../../core/execute.ts';
import { lambda } from '../../../services/lambda/index.ts';
import { toInput } from '../../properties.ts';
import type { ProvidedResource, ResourceContext, ResourceProvider } from '../../resource-provider.ts';
import { saysGone } from '../../says-gone.ts';
import { waitFor } from '../../waiting.ts';
import { tagMap } from '../tags.ts';

/** `AWS::Lambda::EventSourceMapping` */
export const eventSourceMapping: ResourceProvider = {
  createOnly: ['EventSourceArn'],

  async create(properties, context) {
    const input = toInput(lambda, 'CreateEventSourceMapping', {
      ...properties,
      Tags: tagMap(properties, context),
    });
    const { UUID = '' } = await execute(lambda, 'CreateEventSourceMapping', input, context.call);
    context.initiated(UUID);
    return settled(UUID, context);
  },

  async update(UUID, properties, _previous, context) {
    const input = toInput(lambda, 'UpdateEventSourceMapping', { ...properties, UUID }, [
      'EventSourceArn',
      'Tags',
    ]);
    await execute(lambda, 'UpdateEventSourceMapping', input, context.call);
    return settled(UUID, context);
  },

  async delete(UUID, _properties, { call, cell, signal }) {
    await execute(lambda, 'DeleteEventSourceMapping', { UUID }, call);
    const gone = async (): Promise<true | undefined> => {
      try {
        await execute(lambda, 'GetEventSourceMapping', { UUID }, call);
        return undefined;
      } catch (error) {
        if (saysGone(error)) return true;
        throw error;
      }
    };
    await waitFor(gone, { clock: cell.clock, signal, interval: 500 });
  },
};

function settled(UUID: string, { call, cell, signal }: ResourceContext): Promise<ProvidedResource> {
  const look = async (): Promise<ProvidedResource | undefined> => {
    const { EventSourceMappingArn, State } = await execute(lambda, 'GetEventSourceMapping', { UUID }, call);
    if (State !== 'Enabled' && State !== 'Disabled') return undefined;
    return { physicalId: UUID, attributes: { Id: UUID, EventSourceMappingArn } };
  };
  return waitFor(look, { clock: cell.clock, signal, interval: 500 });
}
