import { Command, InvalidArgumentError } from 'commander';
import { measureDeployment } from './deployment.ts';
import { measureEmpty } from './empty.ts';
import { table } from './table.ts';
import { measureThroughput } from './throughput.ts';

interface Options {
  rounds: number;
  seconds: number;
  connections: number;
  json: boolean;
}

const idleSeconds = 5;

const program = new Command('bench:emulator')
  .description(
    'Measures the local AWS: its answers, a deployment, its path, and what it takes of the machine',
  )
  .option('--rounds <number>', 'deployments, and loads of each path', wholeNumber(1, 20), 3)
  .option('--seconds <number>', 'how long each load lasts', wholeNumber(1, 60), 5)
  .option('--connections <number>', 'how many requests are under way at a time', wholeNumber(1, 500), 50)
  .option('--json', 'one object of JSON instead of the table', false)
  .action(main);

function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const number = Number(text);
    if (!/^\d+$/.test(text) || number < least || number > most) {
      throw new InvalidArgumentError(`'${text}' is not a whole number from ${least} to ${most}.`);
    }
    return number;
  };
}

async function main({ json, ...options }: Options): Promise<void> {
  const empty = await measureEmpty({ idleSeconds });
  const deployment = await measureDeployment(options);
  const throughput = await measureThroughput(options);
  const figures = { empty, deployment, throughput };
  console.log(json ? JSON.stringify(figures) : table(figures));
}

await program.parseAsync();
