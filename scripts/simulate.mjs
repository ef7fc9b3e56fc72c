// Runs the simulation with the arguments given.
import { bundleAndRun } from './bundle-and-run.mjs';

await bundleAndRun('simulation', ['worker.ts']);
