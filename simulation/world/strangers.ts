import type { Cell } from '../../src/emulator/core/cell.ts';
import { includes } from '../../src/emulator/world/network/cidr.ts';
import type { Host } from '../../src/emulator/world/network/hosts.ts';
import {
  createInterface,
  deleteInterface,
  type NetworkInterface,
} from '../../src/emulator/world/network/network-interface.ts';
import type { Dice } from '../dice.ts';
import { managedPort } from './ports.ts';

/** More would use up the subnets. */
const most = 6;

/** Interfaces of others that get addresses which a load balancer has released, and that answer health checks. */
export class Strangers {
  readonly #cell: Cell;
  readonly #dice: Dice;
  readonly #tell: (line: () => string) => void;
  readonly #here: { held: NetworkInterface; host: Host }[] = [];

  constructor(cell: Cell, dice: Dice, tell: (line: () => string) => void) {
    this.#cell = cell;
    this.#dice = dice;
    this.#tell = tell;
  }

  come(released: readonly string[]): void {
    if (released.length === 0) return;
    if (this.#here.length >= most) this.leave();
    const address = this.#dice.pick(released);
    const subnet = [...this.#cell.network.subnets.values()].find(({ cidr }) => includes(cidr, address));
    if (!subnet || this.#cell.network.interfaceAt({ address })) return;
    this.#tell(() => `a stranger gets ${address}`);
    const requester = { id: 'somebody', interfaceType: 'interface' };
    const held = createInterface(this.#cell.network, {
      account: this.#cell.account,
      subnet,
      description: 'of somebody',
      address,
      securityGroupIds: [],
      requester,
    });
    const host: Host = { address, port: managedPort, forwardTo: { host: '127.0.0.1', port: 0 } };
    this.#cell.hosts.add(host);
    this.#here.push({ held, host });
  }

  leave(): void {
    const [first] = this.#here.splice(0, 1);
    if (!first) return;
    this.#tell(() => `the stranger leaves ${first.host.address}`);
    this.#cell.hosts.remove(first.host);
    deleteInterface(this.#cell.network, first.held.id);
  }
}
