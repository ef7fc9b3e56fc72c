import { Argument, Command, Option } from 'commander';
import type { LocalOptions } from './local.ts';
import { numberBetween, parseTarget, wholeNumberBetween } from './option-values.ts';

const portOption = (): Option =>
  new Option('--port <port>', 'port of the AWS endpoint on 127.0.0.1')
    .default(4566)
    .argParser(wholeNumberBetween(0, 65535));

/** `albridge local` and what it can be told while it runs; what does it is loaded when it is asked for. */
export function localCommand(): Command {
  const command = new Command('local')
    .description('start a local AWS, deploy the bridge to it, and show how to try it')
    .addOption(portOption())
    .addOption(
      new Option('--api-port <port>', 'port of API Gateway on 127.0.0.1')
        .default(8080)
        .argParser(wholeNumberBetween(0, 65535)),
    )
    .addOption(
      new Option('--time-scale <n>', 'how much faster than real time the world runs; 1 is real time')
        .default(10)
        .argParser(numberBetween(0.1, 1000)),
    )
    .addOption(
      new Option(
        '--target <host:port>',
        'a server of yours to put behind the bridge, for all paths (repeatable)',
      )
        .default([], 'two sample targets that answer /hello*')
        .argParser(parseTarget),
    )
    .addOption(
      new Option('--traffic <rps>', 'send this many requests a second through the bridge').argParser(
        wholeNumberBetween(1, 1000),
      ),
    )
    .option('--empty', 'deploy nothing: an AWS for stacks of your own', false)
    .option('--churn', 'scale the ALB at random', false)
    .addOption(
      new Option(
        '--loopback <mode>',
        'an address of its own for each node (many), or ports of 127.0.0.1 (single)',
      )
        .choices(['auto', 'many', 'single'])
        .default('auto'),
    )
    .option('--json', 'tell what happens as lines of JSON', false)
    .action(async (options: LocalOptions) => (await import('./local.ts')).runLocal(options));

  command
    .command('scale')
    .description('bring the ALB of a running `albridge local` to a number of nodes')
    .addArgument(new Argument('<nodes>', 'how many, from 1 to 100').argParser(wholeNumberBetween(1, 100)))
    .addOption(portOption())
    .option('--load-balancer <name>', 'which ALB, where there are several')
    .action(async (nodes: number, _own: unknown, self: Command) => {
      await (await import('./scale.ts')).scale({ ...self.optsWithGlobals(), nodes });
    });
  return command;
}
