import { type RunOptions, run } from '../../src/app/run.ts';
import { type Reach, wire } from '../../src/app/wire.ts';
import type { AwsClients } from '../../src/aws/clients.ts';
import type { BindingConfig, Config } from '../../src/config/config.ts';
import type { Outcome } from '../../src/engine/outcome.ts';
import { type Binding, reconcileTogether } from '../../src/engine/reconcile.ts';

/** One invocation: all bindings of a configuration, one pass each. */
export type Invoke = (config: Config, options: RunOptions) => Promise<Outcome[]>;

/** A known mistake, made beside the product and never in it. */
export interface Plant {
  name: string;
  /** What is done wrong. */
  mistake: string;
  invoke: Invoke;
}

/** The product without a mistake. */
export const invokeAsIs: Invoke = run;

/** The product with other ways to reach AWS. */
function withReach(change: (reach: Reach) => Partial<Reach>): Invoke {
  return (config, options) => run(config, { ...options, ...change(options) });
}

/** The product with commands changed on their way to AWS, or answers on their way back. */
export function withClients(change: (send: Send, command: SentCommand) => Promise<unknown>): Invoke {
  return withReach(({ clientsOf }) => ({
    clientsOf(region, role) {
      const { ec2, elbv2 } = clientsOf(region, role);
      return { ec2: changed(ec2, change), elbv2: changed(elbv2, change) };
    },
  }));
}

// biome-ignore lint/suspicious/noExplicitAny: the inputs and outputs of all operations
export type Fields = Record<string, any>;
export type Send = (command: SentCommand) => Promise<Fields>;
export interface SentCommand {
  input: Fields;
}

/** A client with commands changed on their way, or answers on their way back. */
export function changed<Client extends AwsClients['ec2'] | AwsClients['elbv2']>(
  client: Client,
  change: (send: Send, command: SentCommand) => Promise<unknown>,
): Client {
  const { send } = client as unknown as { send: Send };
  return Object.assign(Object.create(client) as Client, {
    send: (command: SentCommand) => change(send, command),
  });
}

/** The same command with another input. */
export function withInput(command: SentCommand, input: Fields): SentCommand {
  return Object.assign(Object.create(Object.getPrototypeOf(command)) as SentCommand, command, { input });
}

export function isCommand(command: SentCommand, operation: string): boolean {
  return command.constructor.name === `${operation}Command`;
}

/** The product with other sources, sinks or policies in its bindings, and perhaps another way to make the passes. */
export function withBindings(
  change: (binding: Binding, config: BindingConfig, reach: Reach) => Binding,
  passes: (bindings: readonly Binding[]) => Promise<Outcome[]> = oneRead,
): Invoke {
  return async (config, options) => {
    const outcomes = config.bindings.map((binding) => {
      const { source, sinks } = wire(binding, options);
      return passes(sinks.map((sink) => change({ ...sink, source }, binding, options)));
    });
    return (await Promise.all(outcomes)).flat();
  };
}

/** The sinks of one source share one read of it, as they do in the product. */
function oneRead(bindings: readonly Binding[]): Promise<Outcome[]> {
  const [first] = bindings;
  return first ? reconcileTogether(first.source, bindings) : Promise.resolve([]);
}
