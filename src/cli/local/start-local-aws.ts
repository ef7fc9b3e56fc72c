import { type Emulator, ListenError, scaledClock, startEmulator } from '../../emulator/index.ts';
import { UsageError } from '../usage-error.ts';
import type { Closing } from './closing.ts';
import { sampleInstances } from './sample-instances.ts';

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
    let local: Emulator | undefined;
    const startInstance = sampleInstances(() => local);
    local = await startEmulator({ port, clock, startInstance, dataPlane: { apiPort, loopback } });
    const { close } = local;
    closing.push(close);
    return local;
  } catch (error) {
    if (!(error instanceof ListenError)) throw error;
    throw new UsageError(`${error.message} with ${error.port === apiPort ? '--api-port' : '--port'}`);
  }
}
