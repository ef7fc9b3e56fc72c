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
  /** A TCP proxy, two HTTP proxies of undici, the same target: as many who read and write HTTP as in the path. */
  longChain: Load;
  /** Of the path and the chain, in requests per second. */
  ratio: number;
  /** Of the path and the long chain. */
  longRatio: number;
  /** Resident, with the stack deployed and under that load. */
  bytes: number;
}

export interface LoadOptions {
  rounds: number;
  seconds: number;
  connections: number;
}

/** The path and the chains in turns, each after a second of warming up; target, chain and load in processes of their own. */
export async function measureThroughput({ rounds, seconds, connections }: LoadOptions): Promise<Throughput> {
  const target = await start<{ port: number }>('target');
  const chain = await start<{ port: number }>('chain', target.told.port, 1);
  const longChain = await start<{ port: number }>('chain', target.told.port, 2);
  const local = startLocalAws('--target', `127.0.0.1:${target.told.port}`);
  const load = async (url: string, length: number): Promise<Load> => {
    const sender = await start<Load>('load', url, connections, length);
    await stop(sender.process);
    return sender.told;
  };
  try {
    const { apiUrl } = await local.line('ready');
    const urls = [
      `${apiUrl}/hello`,
      `http://127.0.0.1:${chain.told.port}/hello`,
      `http://127.0.0.1:${longChain.told.port}/hello`,
    ];
    const loads: Load[][] = urls.map(() => []);
    for (const url of urls) await load(url, 1);
    for (let round = 0; round < rounds; round++) {
      for (const [index, url] of urls.entries()) loads[index]?.push(await load(url, seconds));
    }
    const [path, bare, long] = loads.map(medianLoad) as [Load, Load, Load];
    const { bytes } = await local.usage();
    return {
      path,
      chain: bare,
      longChain: long,
      ratio: path.requestsPerSecond / bare.requestsPerSecond,
      longRatio: path.requestsPerSecond / long.requestsPerSecond,
      bytes,
    };
  } finally {
    await local.stop();
    await stop(chain.process);
    await stop(longChain.process);
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
