import { seeded } from '../../core/random.ts';
import type { Loopback } from '../loopback/loopback.ts';
import type { Machine } from '../served-sockets.ts';
import { openCertificates } from '../tls/certificates.ts';

/** What sockets need, by chance of a seed. */
export function machineOf(loopback: Loopback): Machine {
  return { loopback, random: seeded(1), certificates: openCertificates(() => Date.now()) };
}
