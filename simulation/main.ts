import { availableParallelism } from 'node:os';
import { Command, InvalidArgumentError, Option } from 'commander';
import { plants } from './plants/plants.ts';
import { simulateAll } from './pool.ts';
import { count, emptySummary, failureLine, reproduction, summaryLines } from './report.ts';
import { simulate, type Verdict } from './simulate.ts';

interface Options {
  seeds: number;
  from: number;
  jobs: number;
  plant?: string;
  json: boolean;
}

/** Of the trace of the first failing seed, when there were others: what led up to the end. */
const shownLines = 80;
const shownFailures = 20;

const program = new Command('simulate')
  .description('Runs the engine, sources and sinks in hostile worlds, one for each seed')
  .option('--seeds <number>', 'how many', wholeNumber(1), 1_000)
  .option('--from <seed>', 'the first', wholeNumber(0), 1)
  .option('--jobs <number>', 'threads', wholeNumber(1), availableParallelism())
  .addOption(new Option('--plant <name>', 'with a known mistake').choices(plants.map(({ name }) => name)))
  .option('--json', 'a line of JSON for each failing seed, and one for the whole', false)
  .action(main);

function wholeNumber(least: number): (text: string) => number {
  return (text) => {
    if (!/^\d{1,9}$/.test(text) || Number(text) < least) {
      throw new InvalidArgumentError(`'${text}' is not a whole number from ${least}.`);
    }
    return Number(text);
  };
}

async function main({ seeds, from, jobs, plant, json }: Options): Promise<void> {
  const summary = emptySummary(from, plant);
  const failures: Verdict[] = [];
  const began = performance.now();
  await simulateAll({
    from,
    seeds,
    jobs,
    plant,
    onVerdict(verdict) {
      count(summary, verdict);
      if (!verdict.violation) return;
      failures.push(verdict);
      if (json) console.log(JSON.stringify(asJson(verdict, plant)));
      else if (failures.length <= shownFailures) console.log(failureLine(verdict));
    },
  });
  summary.seconds = (performance.now() - began) / 1_000;
  const first = failures.reduce<number | undefined>(
    (least, { seed }) => (least === undefined || seed < least ? seed : least),
    undefined,
  );
  if (!json && first !== undefined) await show(first, plant, seeds === 1);
  if (json) console.log(JSON.stringify({ summary: { ...summary, plant: plant ?? null } }));
  else for (const line of summaryLines(summary)) console.log(line);
  process.exitCode = failures.length > 0 ? 1 : 0;
}

function asJson({ seed, violation, tally }: Verdict, plant: string | undefined): object {
  return { seed, ...violation, reproduce: reproduction(seed, plant), tally };
}

/** The seed once more, with its trace: all of it where it is the only one. */
async function show(seed: number, name: string | undefined, whole: boolean): Promise<void> {
  const lines: string[] = [];
  const plant = plants.find((candidate) => candidate.name === name);
  await simulate(seed, { plant, write: (line) => void lines.push(line) });
  const shown = whole ? lines : lines.slice(-shownLines);
  console.log(`\nseed ${seed}${whole ? '' : `, its last ${shown.length} of ${lines.length} lines`}:`);
  for (const line of shown) console.log(line);
  console.log(`\nagain, from its beginning: ${reproduction(seed, name)}\n`);
}

await program.parseAsync();
