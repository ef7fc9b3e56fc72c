import type { BindingConfig, PolicyConfig, SinkConfig } from './config.ts';

/** One sink of a binding, by the name that its passes go by. */
export interface PassConfig {
  name: string;
  sink: SinkConfig;
  policy: PolicyConfig;
}

/** What a binding comes to: a pass for its one sink, or one for each of several. */
export function passesOf({ name, sink, sinks = [], policy }: BindingConfig): PassConfig[] {
  if (sink) return [{ name, sink, policy }];
  return sinks.map((one) => ({ name: `${name}.${one.name}`, sink: one, policy: one.policy ?? policy }));
}
