import type { Emulator, StartInstance } from '../../emulator/index.ts';
import { targetPort } from './place-targets.ts';
import { startSampleTarget } from './sample-target.ts';

/** Instances that are sample targets each, whoever launches them. */
export function sampleInstances(local: () => Emulator | undefined): StartInstance {
  return async ({ id, address }) => {
    const sample = await startSampleTarget({
      name: id,
      address,
      peerAddress: (accepted) => local()?.peerAddress(accepted),
    });
    return {
      ports: [{ port: targetPort, forwardTo: { host: '127.0.0.1', port: sample.port } }],
      stop: () => sample.close(),
    };
  };
}
