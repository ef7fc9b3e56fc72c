import type { Cell, Emulator } from '../../emulator/index.ts';
import type { Closing } from './closing.ts';
import type { HostAndPort } from './option-values.ts';
import { startSampleTarget } from './sample-target.ts';

/** The port that targets serve on in the VPC. */
export const targetPort = 80;

/** The account that the addresses are in, and who it is that connects to them. */
export interface TargetPlace extends Pick<Emulator, 'peerAddress'> {
  cell: Cell;
}

/** Puts a server behind each address of the VPC: the user's own, or sample targets. */
export async function placeTargets(
  place: TargetPlace,
  addresses: readonly string[],
  own: readonly HostAndPort[],
  closing: Closing,
): Promise<void> {
  for (const [index, address] of addresses.entries()) {
    const forwardTo =
      own[index] ?? (await placeSample(place, `sample target ${index + 1}`, address, closing));
    place.cell.hosts.add({ address, port: targetPort, forwardTo });
  }
}

async function placeSample(
  { peerAddress }: TargetPlace,
  name: string,
  address: string,
  closing: Closing,
): Promise<HostAndPort> {
  const sample = await startSampleTarget({ name, address, peerAddress });
  closing.push(() => sample.close());
  return { host: '127.0.0.1', port: sample.port };
}
