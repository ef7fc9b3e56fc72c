import { addresses, type InvocationContext } from '../app/custom-resource/addresses.ts';
import { waitOnTimer } from '../app/custom-resource/wait.ts';
import { writeLine } from '../app/write-line.ts';
import { createClients } from '../aws/clients.ts';

const options = {
  clientsOf: (region: string | undefined) => createClients(region),
  endpoint: process.env.AWS_ENDPOINT_URL,
  wait: waitOnTimer,
  write: writeLine,
};

/** A custom resource that answers the private addresses of the load balancer in `loadBalancerArn` or `nlbDescription`. */
export function handler(event: unknown, context: InvocationContext): Promise<void> {
  return addresses(event, context, options);
}
