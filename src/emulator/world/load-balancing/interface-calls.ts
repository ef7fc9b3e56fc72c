import type { NetworkInterface } from '../network/network-interface.ts';

/** What a load balancer did to one of its interfaces, as EC2 was called for it. */
export interface InterfaceCall {
  operation: 'CreateNetworkInterface' | 'DeleteNetworkInterface';
  interface: NetworkInterface;
}

/** Tells listeners of the calls by which load balancers make and delete their interfaces. */
export class InterfaceCalls {
  readonly #listeners = new Set<(call: InterfaceCall) => void>();

  subscribe(listener: (call: InterfaceCall) => void): void {
    this.#listeners.add(listener);
  }

  tell(call: InterfaceCall): void {
    for (const listener of this.#listeners) listener(call);
  }
}
