import type { BindingConfig, PolicyConfig } from '../../src/config/config.ts';
import type { SimulatedBinding, SimulatedSink, SimulatedSource } from './simulated-binding.ts';

/** One entry of the simulated configuration: a source, and a sink or several by name. */
export interface ConfiguredBinding {
  name: string;
  source: SimulatedSource;
  sinks: Readonly<Record<string, SimulatedSink>>;
  policy: PolicyConfig;
}

export function configOf({ name, source, sinks, policy }: ConfiguredBinding): BindingConfig {
  const named = Object.entries(sinks);
  const [first] = named;
  if (first && named.length === 1) return { name, source: source.config(), sink: first[1].config, policy };
  return {
    name,
    source: source.config(),
    sinks: named.map(([part, { config }]) => ({ ...config, name: part })),
    policy,
  };
}

/** The passes that it comes to, by the names that the product gives them. */
export function passesOf({ name, source, sinks, policy }: ConfiguredBinding): SimulatedBinding[] {
  const named = Object.entries(sinks);
  return named.map(([part, sink]) => ({
    name: named.length === 1 ? name : `${name}.${part}`,
    source,
    sink,
    policy,
  }));
}
