import { createRequire } from 'node:module';
import type { ServiceModel } from '../core/service.ts';

const require = createRequire(import.meta.url);

/**
 * Everything that the SDK's client of a service exports. It is loaded at the first need of it, for clients are large:
 * EC2's takes 70 MB of memory. And at once, not by a promise: on a stepped clock nothing that is under way may wait for
 * files.
 */
export function schemasOf({ client }: ServiceModel): Readonly<Record<string, unknown>> {
  return require(client);
}
