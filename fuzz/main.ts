import { Command, InvalidArgumentError, Option } from 'commander';
import { fuzz, kinds, type Verdict } from './fuzz.ts';

interface Options {
  cases: number;
  seed: number;
  kind?: string;
  path?: string;
}

const program = new Command('fuzz')
  .description('Gives the product bad input of every kind, and holds it against what must never happen')
  .option('--cases <number>', 'how many, of all kinds together', wholeNumber, 10_000)
  .option('--seed <number>', 'what they are made from', wholeNumber, Date.now() % 1_000_000)
  .addOption(new Option('--kind <name>', 'of one kind only').choices(kinds.map(({ name }) => name)))
  .option('--path <path>', 'the one case of a failure')
  .action(main);

function wholeNumber(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError(`'${text}' is not a whole number from 1.`);
  return Number(text);
}

async function main({ cases, seed, kind: only, path }: Options): Promise<void> {
  const chosen = kinds.filter(({ name }) => only === undefined || name === only);
  const began = performance.now();
  console.log(`seed ${seed}`);
  let total = 0;
  let failed = 0;
  for (const kind of chosen) {
    const share = only === undefined ? Math.ceil(cases * kind.share) : cases;
    const since = performance.now();
    const verdict = await fuzz(kind, { cases: share, seed, path });
    console.log(line(verdict, performance.now() - since));
    if (verdict.failure) console.log(`\n${verdict.failure.message}\n\nagain: ${verdict.failure.reproduce}\n`);
    total += verdict.cases;
    failed += verdict.failure ? 1 : 0;
  }
  const seconds = ((performance.now() - began) / 1_000).toFixed(0);
  console.log(`${total.toLocaleString('en')} cases, ${failed} kinds failed, ${seconds} s`);
  process.exitCode = failed > 0 ? 1 : 0;
}

function line({ kind, cases, counts, failure }: Verdict, milliseconds: number): string {
  const told = Object.entries(counts).sort(([, one], [, other]) => other - one);
  const what = told.map(([name, times]) => `${name} ${times.toLocaleString('en')}`).join(', ');
  const mark = failure ? 'FAILED' : 'ok';
  return `${mark}  ${kind}: ${cases.toLocaleString('en')} cases in ${(milliseconds / 1_000).toFixed(1)} s (${what})`;
}

await program.parseAsync();
