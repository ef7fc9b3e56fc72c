import type { AwsClients } from '../../aws/clients.ts';
import type { Address } from '../../engine/address.ts';
import { AlbridgeError, messageOf } from '../../engine/errors.ts';
import type { LoadBalancerReference } from '../../sources/load-balancer-reference.ts';
import { mayPass, type Readiness, readAddresses } from './load-balancer-addresses.ts';
import type { Wait } from './wait.ts';

export interface AwaitAddressesOptions {
  clients: AwsClients;
  loadBalancer: LoadBalancerReference;
  /** How long to wait for the load balancer, in milliseconds. */
  patience: number;
  wait: Wait;
}

const firstPause = 1_000;
const longestPause = 10_000;

/** How long errors that may pass are taken for such. */
const errorPatience = 30_000;

/** The load balancer's addresses as soon as it is ready; throws, saying what was missing, when patience ends. */
export async function awaitAddresses(options: AwaitAddressesOptions): Promise<readonly Address[]> {
  const ended = new AbortController();
  let missing = 'aws has not answered yet';
  const expiry = options.wait(options.patience, ended.signal).then(() => {
    const message = `not ready after ${Math.round(options.patience / 1_000)} s: ${missing}`;
    throw new AlbridgeError('source-unknown', message);
  });
  try {
    return await Promise.race([
      poll(options, ended.signal, (reason) => {
        missing = reason;
      }),
      expiry,
    ]);
  } finally {
    ended.abort();
    expiry.catch(() => {});
  }
}

async function poll(
  { clients, loadBalancer, wait }: AwaitAddressesOptions,
  signal: AbortSignal,
  tell: (missing: string) => void,
): Promise<readonly Address[]> {
  let waited = 0;
  for (let pause = firstPause; ; pause = Math.min(pause * 1.5, longestPause)) {
    const readiness = await attempt(() => readAddresses(clients, loadBalancer), waited < errorPatience);
    if ('addresses' in readiness) return readiness.addresses;
    tell(readiness.missing);
    await wait(pause, signal);
    waited += pause;
  }
}

async function attempt(read: () => Promise<Readiness>, isPatient: boolean): Promise<Readiness> {
  try {
    return await read();
  } catch (error) {
    if (isPatient && mayPass(error)) return { missing: messageOf(error) };
    throw error;
  }
}
