import { Worker } from 'node:worker_threads';
import type { Verdict } from './simulate.ts';
import type { WorkerData } from './worker.ts';

export interface PoolOptions {
  from: number;
  seeds: number;
  jobs: number;
  plant: string | undefined;
  onVerdict: (verdict: Verdict) => void;
}

/** Simulates a range of seeds in threads; each seed is a world of its own, so that their order does not matter. */
export async function simulateAll({ from, seeds, jobs, plant, onVerdict }: PoolOptions): Promise<void> {
  let next = from;
  const end = from + seeds;
  const data: WorkerData = { plant };

  function work(): Promise<void> {
    return new Promise((resolve, reject) => {
      const worker = new Worker(new URL('./worker.mjs', import.meta.url), { workerData: data });
      const go = (): void => {
        if (next < end) worker.postMessage(next++);
        else void worker.terminate().then(() => resolve());
      };
      worker.on('message', (verdict: Verdict) => {
        onVerdict(verdict);
        go();
      });
      worker.on('error', reject);
      go();
    });
  }
  await Promise.all(Array.from({ length: Math.min(jobs, seeds) }, work));
}
