// Runs the benchmark of the local AWS with the arguments given.
import { readdirSync } from 'node:fs';
import { bundleAndRun } from './bundle-and-run.mjs';
import { root } from './run.mjs';

const processes = readdirSync(`${root}bench/emulator/processes`).map((name) => `processes/${name}`);
await bundleAndRun('bench/emulator', processes);
