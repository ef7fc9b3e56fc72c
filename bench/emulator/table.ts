import type { Deployment } from './deployment.ts';
import type { Empty } from './empty.ts';
import type { Throughput } from './throughput.ts';

export interface Figures {
  empty: Empty;
  deployment: Deployment;
  throughput: Throughput;
}

/** The figures as lines of text, the wanted ones beside them. */
export function table({ empty, deployment, throughput }: Figures): string {
  const { latencies } = empty;
  const { path, chain, longChain, ratio, longRatio } = throughput;
  const rows = [
    ['ready after the start of the process', milliseconds(empty.readyMilliseconds), '< 2 s'],
    ['memory, empty and idle', megabytes(empty.idleBytes), '< 150 MB'],
    ['processor, empty and idle', `${(empty.idleCpuShare * 100).toFixed(2)} %`, 'next to none'],
    ['memory, empty, after the calls below', megabytes(empty.usedBytes), ''],
    ['DescribeNetworkInterfaces, 2 of 1,000 by a filter', milliseconds(latencies.describeTwoInterfaces), ''],
    ['DescribeNetworkInterfaces, all 1,000', milliseconds(latencies.describeAllInterfaces), ''],
    ['RegisterTargets', milliseconds(latencies.registerTargets), ''],
    ['DescribeTargetHealth of 100 targets', milliseconds(latencies.describeTargetHealth), ''],
    ['deployment of the bridge', milliseconds(deployment.milliseconds), ''],
    ['memory, bridge deployed', megabytes(deployment.bytes), ''],
    ['memory, bridge under load', megabytes(throughput.bytes), ''],
    ['requests through the whole path', perSecond(path), ''],
    ['requests through a bare chain', perSecond(chain), ''],
    ['requests through a chain of two HTTP proxies', perSecond(longChain), ''],
    ['the path, of the bare chain', ratio.toFixed(2), '>= 0.6'],
    ['the path, of the chain of two', longRatio.toFixed(2), ''],
  ] as const;
  return rows
    .map(([what, figure, wanted]) => `${what.padEnd(51)}${figure.padStart(24)}  ${wanted}`.trimEnd())
    .join('\n');
}

function milliseconds(value: number): string {
  return `${value < 10 ? value.toFixed(1) : Math.round(value).toLocaleString('en')} ms`;
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1_000_000)} MB`;
}

function perSecond({ requestsPerSecond, milliseconds: each, failures }: Throughput['path']): string {
  const failed = failures === 0 ? '' : `, ${failures} failed`;
  return `${Math.round(requestsPerSecond).toLocaleString('en')}/s, ${milliseconds(each)} each${failed}`;
}
