import { execute } from '../../src/emulator/core/execute.ts';
import { elbv2 } from '../../src/emulator/services/elbv2/index.ts';
import type {
  LoadBalancer,
  LoadBalancerNode,
} from '../../src/emulator/world/load-balancing/load-balancer.ts';
import { deleteInterface } from '../../src/emulator/world/network/network-interface.ts';
import type { Dice } from '../dice.ts';
import { callOf } from './infrastructure.ts';
import { OthersChanges } from './others-changes.ts';
import type { SimulatedSource } from './simulated-binding.ts';
import { Strangers } from './strangers.ts';
import type { SimulatedWorld } from './world.ts';

const second = 1_000;

/** How long it takes at the most until a dead node's interface is deleted, and another node starts. */
export const longestBurial: number = 45 * second;

type Tell = (line: () => string) => void;

/** What happens to the world by itself and by others, one event at a time, by chance. */
export class Events {
  readonly #world: SimulatedWorld;
  readonly #dice: Dice;
  readonly #tell: Tell;
  readonly #strangers: Strangers;
  readonly #othersChanges: OthersChanges;
  /** Each with its weight. */
  readonly #kinds: readonly (readonly [number, () => void])[];
  readonly #sources: readonly SimulatedSource[];
  #count = 0;

  constructor(world: SimulatedWorld, dice: Dice, tell: Tell) {
    this.#world = world;
    this.#dice = dice;
    this.#tell = (line) => tell(() => `world  ${line()}`);
    this.#othersChanges = new OthersChanges(world, dice, this.#tell);
    this.#sources = [...new Set(world.bindings.map(({ source }) => source))];
    this.#strangers = new Strangers(world.cell, dice, this.#tell);
    this.#kinds = [
      [6, () => this.#scale()],
      [3, () => this.#replaceAll()],
      [2, () => this.#die()],
      [2, () => this.#strangers.come(this.#lost())],
      [1, () => this.#strangers.leave()],
      [1, () => this.#scaleOther()],
      [1, () => this.#changeSubnets()],
      [1, () => this.#othersChanges.targets()],
      [1, () => this.#othersChanges.rules()],
      [1, () => this.#othersChanges.entries()],
      [3, () => this.#changeSource()],
    ];
  }

  get count(): number {
    return this.#count;
  }

  happen(): void {
    this.#count++;
    const total = this.#kinds.reduce((sum, [weight]) => sum + weight, 0);
    let left = this.#dice.random() * total;
    for (const [weight, event] of this.#kinds) {
      left -= weight;
      if (left >= 0) continue;
      event();
      return;
    }
  }

  /** Brings the world to where every binding can converge: no more nodes than there is room for, and no name that is sampled. */
  settle(): void {
    const { web, cell, scenario } = this.#world;
    for (const source of this.#sources) source.settle?.();
    if (staying(web).length > scenario.mostNodes) cell.fleet.scale(web, scenario.mostNodes);
  }

  #scale(): void {
    const { web, cell, scenario } = this.#world;
    const nodes = this.#dice.between(1, scenario.mostNodes);
    if (!this.#hasRoom()) return;
    this.#tell(() => `web scales to ${nodes} nodes`);
    cell.fleet.scale(web, nodes);
  }

  #scaleOther(): void {
    const { other, cell } = this.#world;
    if (!this.#hasRoom()) return;
    const nodes = this.#dice.between(1, 4);
    this.#tell(() => `my-web-2 scales to ${nodes} nodes`);
    cell.fleet.scale(other, nodes);
  }

  /** New nodes come, and when they serve, all that were there before die without notice. */
  #replaceAll(): void {
    const { web, cell, clock, scenario } = this.#world;
    const before = web.nodes.filter(({ phase }) => phase === 'serving');
    // While others are still to be buried, there can be more than there is room to replace.
    if (before.length === 0 || before.length > 2 * scenario.mostNodes || !this.#hasRoom()) return;
    this.#tell(() => `web replaces ${before.length} nodes`);
    cell.fleet.scale(web, staying(web).length + before.length);
    clock.after(scenario.nodeStart + this.#dice.between(0, 5 * second), () => {
      for (const node of before) this.#bury(node);
    });
  }

  /** A node dies; its interface stays until AWS finds out. */
  #die(): void {
    const { web, cell, clock, scenario } = this.#world;
    const alive = web.nodes.filter(({ phase }) => phase === 'serving');
    if (alive.length === 0 || !this.#hasRoom()) return;
    const node = this.#dice.pick(alive);
    this.#tell(() => `web's node ${addressOf(node)} dies`);
    cell.fleet.kill(node);
    clock.after(this.#dice.between(second, longestBurial), () => {
      this.#bury(node);
      cell.fleet.scale(web, Math.min(staying(web).length + 1, scenario.room ?? Number.POSITIVE_INFINITY));
    });
  }

  /** The node's interface goes; now and then a stranger gets its address at once. */
  #bury(node: LoadBalancerNode): void {
    const { web, cell } = this.#world;
    if (!web.nodes.includes(node)) return;
    this.#tell(() => `web's node ${addressOf(node)} is gone`);
    node.phase = 'dead';
    web.nodes = web.nodes.filter((other) => other !== node);
    deleteInterface(cell.network, node.interface.id);
    // A load balancer is never without a node for good.
    cell.fleet.scale(web, Math.max(1, staying(web).length));
    if (this.#dice.chance(0.4)) this.#strangers.come([addressOf(node)]);
  }

  /** Addresses that a sink holds and that nobody has. */
  #lost(): string[] {
    const { cell, bindings } = this.#world;
    const held = bindings.flatMap(({ name, sink }) => [...sink.held(name)]);
    return held.flatMap(([address, state]) =>
      state !== 'foreign' && /^10\.0\.0\.\d+$/.test(address) && !cell.network.interfaceAt({ address })
        ? [address]
        : [],
    );
  }

  /** An NLB keeps its addresses until its subnets change. */
  #changeSubnets(): void {
    const { front, subnetIds, cell } = this.#world;
    const Subnets = this.#dice.pick([subnetIds.slice(0, 2), subnetIds.slice(1), [...subnetIds]]);
    if (!this.#hasRoom()) return;
    this.#tell(() => `front is put into ${Subnets.length} subnets`);
    void execute(elbv2, 'SetSubnets', { LoadBalancerArn: front.arn, Subnets }, callOf(cell));
  }

  /** What is no load balancer changes as well: a list, a name, an endpoint, a cache. */
  #changeSource(): void {
    const changing = this.#sources.filter(({ change }) => change);
    if (changing.length === 0 || !this.#hasRoom()) return;
    const told = this.#dice.pick(changing).change?.(this.#dice) ?? '';
    this.#tell(() => told);
  }

  /** Address space is not what this is about: no event may be the one that finds none left. */
  #hasRoom(): boolean {
    const { cell, subnetIds, scenario } = this.#world;
    return subnetIds.every((id) => {
      const subnet = cell.network.subnets.get(id);
      return subnet !== undefined && cell.network.freeAddresses(subnet) > 2 * scenario.mostNodes;
    });
  }
}

function staying({ nodes }: LoadBalancer): LoadBalancerNode[] {
  return nodes.filter(({ phase }) => phase === 'starting' || phase === 'serving');
}

function addressOf(node: LoadBalancerNode): string {
  return node.interface.privateIpAddresses[0] ?? '';
}
