import { parentPort, workerData } from 'node:worker_threads';
import { plants } from './plants/plants.ts';
import { simulate } from './simulate.ts';

/** What the worker is told when it starts. */
export interface WorkerData {
  plant: string | undefined;
}

const { plant: name } = workerData as WorkerData;
const plant = plants.find((candidate) => candidate.name === name);

parentPort?.on('message', async (seed: number) => {
  parentPort?.postMessage(await simulate(seed, { plant }));
});
