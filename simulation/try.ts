import { simulate } from './simulate.ts';
import { plants } from './plants/plants.ts';
const [from = '1', count = '10', plantName = '', trace = ''] = process.argv.slice(2);
const plant = plants.find((p) => p.name === plantName);
const began = performance.now();
const broken: Record<string, number> = {};
let total = 0, first: number | undefined;
for (let seed = Number(from); seed < Number(from) + Number(count); seed++) {
  const v = await simulate(seed, { plant, write: trace ? (l) => console.log(l) : undefined });
  if (v.violation) { first ??= seed; total++; broken[v.violation.invariant] = (broken[v.violation.invariant] ?? 0) + 1; if (total < 6) console.log(seed, v.violation); }
}
console.log({ total, first, broken, msPerSeed: (performance.now() - began) / Number(count) });
