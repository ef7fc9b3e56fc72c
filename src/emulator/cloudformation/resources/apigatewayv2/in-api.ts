import { execute } from '../../../core/execute.ts';
import type { Call } from '../../../core/service.ts';
import { apiGatewayV2 } from '../../../services/apigatewayv2/index.ts';
import { requireText, toInput } from '../../properties.ts';
import type { ProvidedResource, ResourceProvider } from '../../resource-provider.ts';
import type { Properties } from '../../template/template.ts';

type Operation = keyof typeof apiGatewayV2.operations & string;

/** A kind of thing inside an API: its calls, and the member that its id has in them. */
export interface ApiPart {
  id: string;
  create: Operation;
  update: Operation;
  remove: Operation;
  /** Properties as the calls take them, where they differ. */
  asCalled?(properties: Properties): Properties;
}

/** Routes, integrations and authorizers are made, changed in place and deleted alike; another API needs another. */
export function inApi(part: ApiPart): ResourceProvider {
  const { id, asCalled = (properties) => properties } = part;
  const provided = (physicalId: string): ProvidedResource => ({
    physicalId,
    attributes: { [id]: physicalId },
  });
  return {
    createOnly: ['ApiId'],
    async create(properties, { call }) {
      const made = await run(part.create, asCalled(properties), call);
      return provided(String(made[id]));
    },
    async update(physicalId, properties, _previous, { call }) {
      await run(part.update, { ...asCalled(properties), [id]: physicalId }, call);
      return provided(physicalId);
    },
    async delete(physicalId, properties, { call }) {
      await run(part.remove, { ApiId: requireText(properties, 'ApiId'), [id]: physicalId }, call);
    },
  };
}

/** The one place where an operation is chosen by its name at run time, which its type cannot follow. */
async function run(name: Operation, properties: Properties, call: Call): Promise<Record<string, unknown>> {
  const input = toInput(apiGatewayV2, name, properties);
  return (await execute(apiGatewayV2, name, input as never, call)) as Record<string, unknown>;
}
