import type { Reach } from '../../src/app/wire.ts';
import { addressTexts, describeNetworkInterfaces } from '../../src/aws/network-interfaces.ts';
import type { BindingConfig } from '../../src/config/config.ts';
import type { Source } from '../../src/engine/source.ts';
import { type Plant, withBindings } from './plant.ts';

/** FM4 */
export const substringDescription: Plant = {
  name: 'substring-description',
  mistake: 'interfaces are found by a part of their description, `*name*`',
  invoke: withBindings((binding, config, reach) => ({
    ...binding,
    source: bySubstring(binding.source, config, reach),
  })),
};

function bySubstring(source: Source, { source: config }: BindingConfig, { clientsOf }: Reach): Source {
  if (config.type !== 'load-balancer') return source;
  const name = config.description ?? config.arn?.split('/').at(-2) ?? '';
  return {
    ...source,
    async read() {
      const observed = await source.read();
      if (observed.kind === 'unknown') return observed;
      const filters = [{ Name: 'description', Values: [`*${name}*`] }];
      // Where this read fails, the mistake has no consequence.
      const found = await describeNetworkInterfaces(clientsOf(undefined).ec2, filters).catch(() => []);
      const addresses = found
        .flatMap(addressTexts)
        .filter((address) => !observed.outOfService.includes(address));
      return { ...observed, addresses: [...new Set([...observed.addresses, ...addresses])] };
    },
  };
}
