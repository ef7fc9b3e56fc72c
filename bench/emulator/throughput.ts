import { startLocalAws } from './local-aws.ts';
import { median } from './median.ts';
import { start, stop } from './program.ts';

export interface Load {
  requestsPerSecond: number;
  /** Median of a request, under that load. */
  milliseconds: number;
  failures: number;
}

export interface Throughput {
  /** API Gateway, VPC link, NLB, ALB, target. */
  path: Load;
  /** A TCP proxy, an HTTP proxy of undici, the same target. */
  chain: Load;
  /** Of the two, in requests per second. */
  ratio: number;
  /** Resident, with the stack deployed and under that load. */
  bytes: number;
}

export interface LoadOptions {
  rounds: number;
  seconds: number;
  connections: number;
}

/** The path and the chain in turns, each after a second of warming up; target, chain and load in processes of their own. */
export async function measureThroughput({ rounds, seconds, connections }: LoadOptions): Promise<Throughput> {
  const target = await start<{ port: number }>('target');
  const chain = await start<{ port: number }>('chain', target.told.port);
  const local = startLocalAws('--target', `127.0.0.1:${target.told.port}`);
  const load = async (url: string, length: number): Promise<Load> => {
    const sender = await start<Load>('load', url, connections, length);
    await stop(sender.process);
    return sender.told;
  };
  try {
    const { apiUrl } = await local.line('ready');
    const urls = { path: `${apiUrl}/hello`, chain: `http://127.0.0.1:${chain.told.port}/hello` };
    const loads: Record<keyof typeof urls, Load[]> = { path: [], chain: [] };
    for (const name of ['path', 'chain'] as const) await load(urls[name], 1);
    for (let round = 0; round < rounds; round++) {
      for (const name of ['path', 'chain'] as const) loads[name].push(await load(urls[name], seconds));
    }
    const [path, bare] = [medianLoad(loads.path), medianLoad(loads.chain)];
    const { bytes } = await local.usage();
    return { path, chain: bare, ratio: path.requestsPerSecond / bare.requestsPerSecond, bytes };
  } finally {
    await local.stop();
    await stop(chain.process);
    await stop(target.process);
  }
}

/** Medians, and every failure there was. */
function medianLoad(loads: readonly Load[]): Load {
  return {
    requestsPerSecond: median(loads.map(({ requestsPerSecond }) => requestsPerSecond)),
    milliseconds: median(loads.map(({ milliseconds }) => milliseconds)),
    failures: loads.reduce((sum, { failures }) => sum + failures, 0),
  };
}
