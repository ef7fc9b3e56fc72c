import { type Emulator, ListenError, scaledClock, startEmulator } from '../../emulator/index.ts';
import { UsageError } from '../usage-error.ts';
import type { Closing } from './closing.ts';

export interface LocalAwsOptions {
  port: number;
  apiPort: number;
  timeScale: number;
  loopback: 'auto' | 'many' | 'single';
}

/** @throws UsageError when a port is in use, with the option that chooses another */
export async function startLocalAws(
  { port, apiPort, timeScale, loopback }: LocalAwsOptions,
  closing: Closing,
): Promise<Emulator> {
  const clock = scaledClock(timeScale);
  closing.push(() => clock.close());
  try {
    const local = await startEmulator({ port, clock, dataPlane: { apiPort, loopback } });
    closing.push(() => local.close());
    return local;
  } catch (error) {
    if (!(error instanceof ListenError)) throw error;
    throw new UsageError(`${error.message} with ${error.port === apiPort ? '--api-port' : '--port'}`);
  }
}
