import { UsageError } from '../usage-error.ts';
import { type Closing, closeAll } from './closing.ts';
import { jsonReport, type Report, textReport } from './reporter.ts';
import type { BridgeOptions } from './run-bridge.ts';
import { type LocalAwsOptions, startLocalAws } from './start-local-aws.ts';
import type { Traffic } from './traffic.ts';

export interface LocalOptions extends LocalAwsOptions, BridgeOptions {
  empty: boolean;
  json: boolean;
}

/** `albridge local`: runs until it is interrupted. */
export async function runLocal(options: LocalOptions): Promise<void> {
  refuseContradiction(options);
  const report = (options.json ? jsonReport : textReport)((line) => console.log(line));
  const closing: Closing = [];
  const interrupted = interruption();
  try {
    const traffic = await Promise.race([bringUp(options, report, closing), interrupted]);
    await interrupted;
    await traffic?.stop();
    report({ event: 'stopped', ...(traffic && { requests: traffic.requests, failures: traffic.failures }) });
  } finally {
    await closeAll(closing);
  }
}

function refuseContradiction({ empty, target, traffic, churn }: LocalOptions): void {
  if (empty && (target.length > 0 || traffic !== undefined || churn)) {
    throw new UsageError(
      '--empty deploys nothing: --target, --traffic and --churn need the bridge; leave out one or the other',
    );
  }
}

function interruption(): Promise<undefined> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve(undefined));
  });
}

async function bringUp(
  options: LocalOptions,
  report: Report,
  closing: Closing,
): Promise<Traffic | undefined> {
  const local = await startLocalAws(options, closing);
  report({ event: 'starting', endpoint: local.endpoint, timeScale: options.timeScale });
  const at = { endpoint: local.endpoint, dns: local.servers.dns ?? '' };
  if (options.empty) {
    report({ event: 'ready', ...at });
    return undefined;
  }
  // Imported here, for the clients of the SDK that it takes are large, and an empty AWS is ready without them.
  const { runBridge } = await import('./run-bridge.ts');
  return runBridge({ local, at }, options, { report, closing });
}
