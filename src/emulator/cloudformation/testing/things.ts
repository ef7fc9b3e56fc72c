import type { ProvidedResource, ResourceProvider, ResourceProviders } from '../resource-provider.ts';
import { ResourceFailure } from '../resource-provider.ts';
import type { Properties } from '../template/template.ts';
import { pause } from '../waiting.ts';

/**
 * Resources of type `Test::Thing`, that do what their properties say: `Seconds` is how long the making takes, `Fails`
 * lists what does not work, `Throws` is a crash, `Name` is the
 * physical id, and `Kind` cannot be changed.
 */
export interface Things {
  providers: ResourceProviders;
  /** What was done, in order: `create A-1`. */
  done: string[];
  /** Physical ids of what there is. */
  existing: Set<string>;
}

export function things(): Things {
  const done: string[] = [];
  const existing = new Set<string>();
  let made = 0;

  const thing: ResourceProvider = {
    createOnly: ['Kind'],
    async create(properties, context) {
      const physicalId = String(properties.Name ?? `${context.logicalId}-${++made}`);
      done.push(`create ${physicalId}`);
      if (properties.Throws) throw new TypeError('cannot read properties of undefined');
      await pause(context.cell.clock, Number(properties.Seconds ?? 0) * 1000, context.signal);
      if (context.signal.aborted) throw new ResourceFailure('no longer waited for');
      fail('create', properties);
      existing.add(physicalId);
      return provided(physicalId, properties);
    },
    async update(physicalId, properties) {
      done.push(`update ${physicalId}`);
      fail('update', properties);
      return provided(physicalId, properties);
    },
    async delete(physicalId, properties) {
      done.push(`delete ${[physicalId, properties.Name && properties.Kind].filter(Boolean).join(' ')}`);
      fail('delete', properties);
      existing.delete(physicalId);
    },
  };
  return { providers: (type) => (type === 'Test::Thing' ? thing : undefined), done, existing };
}

function provided(physicalId: string, properties: Properties): ProvidedResource {
  return { physicalId, attributes: { Arn: `arn:${physicalId}`, Size: properties.Size } };
}

function fail(action: string, { Fails = [] }: Properties): void {
  if ([Fails].flat().includes(action)) throw new ResourceFailure(`cannot ${action}`);
}
