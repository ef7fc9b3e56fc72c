// Runs the fuzzing with the arguments given.
import { bundleAndRun } from './bundle-and-run.mjs';

await bundleAndRun('fuzz');
