import { setTimeout as delay } from 'node:timers/promises';
import { type Latencies, measureCalls } from './calls.ts';
import { startLocalAws } from './local-aws.ts';

export interface Empty {
  /** From the start of the process to the line that says it is ready. */
  readyMilliseconds: number;
  /** Resident, once it has been idle. */
  idleBytes: number;
  /** Of one processor, while idle. */
  idleCpuShare: number;
  latencies: Latencies;
  /** Resident, after all those calls. */
  usedBytes: number;
}

/** `albridge local --empty`: how soon it is ready, what it takes while nothing happens, how fast it answers. */
export async function measureEmpty({ idleSeconds }: { idleSeconds: number }): Promise<Empty> {
  const local = startLocalAws('--empty');
  try {
    const { at: readyMilliseconds, endpoint } = await local.line('ready');
    const before = await local.usage();
    await delay(idleSeconds * 1_000);
    const after = await local.usage();
    const idleCpuShare = (after.cpuMilliseconds - before.cpuMilliseconds) / (idleSeconds * 1_000);
    const latencies = await measureCalls(String(endpoint));
    const { bytes: usedBytes } = await local.usage();
    return { readyMilliseconds, idleBytes: after.bytes, idleCpuShare, latencies, usedBytes };
  } finally {
    await local.stop();
  }
}
