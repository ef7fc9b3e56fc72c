import type { Clock } from '../../clock/clock.ts';
import type { Random } from '../../core/random.ts';
import type { Network } from '../network/network.ts';
import { createInterface, deleteInterface } from '../network/network-interface.ts';
import { InterfaceCalls } from './interface-calls.ts';
import {
  accepts,
  interfaceDescription,
  type LoadBalancer,
  type LoadBalancerNode,
  stayingNodes,
} from './load-balancer.ts';
import type { LoadBalancing } from './load-balancing.ts';
import type { Timings } from './timings.ts';

/** The nodes of load balancers: how they come, serve, leave and die. */
export class Fleet {
  readonly interfaceCalls: InterfaceCalls = new InterfaceCalls();
  readonly #account: string;
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #network: Network;
  readonly #loadBalancing: LoadBalancing;
  readonly #timings: Timings;

  constructor(world: {
    account: string;
    clock: Clock;
    random: Random;
    network: Network;
    loadBalancing: LoadBalancing;
    timings: Timings;
  }) {
    this.#account = world.account;
    this.#clock = world.clock;
    this.#random = world.random;
    this.#network = world.network;
    this.#loadBalancing = world.loadBalancing;
    this.#timings = world.timings;
  }

  /** A new load balancer's first nodes, one in each subnet, and the day it becomes active. */
  provision(loadBalancer: LoadBalancer): void {
    for (const subnetId of loadBalancer.subnetIds) this.#add(loadBalancer, subnetId);
    this.#clock.after(this.#timings.provisioning, () => {
      if (!this.#exists(loadBalancer)) return;
      loadBalancer.state = 'active';
      for (const node of loadBalancer.nodes) this.#serve(node);
      this.#loadBalancing.changes.announce();
    });
  }

  /**
   * Brings an ALB to a number of nodes. Those that come start first, then serve; those that go leave DNS at once,
   * serve on for a while, and disappear with their interface.
   */
  scale(loadBalancer: LoadBalancer, nodes: number): void {
    const staying = stayingNodes(loadBalancer);
    for (let count = staying.length; count < nodes; count++) this.#start(loadBalancer);
    for (let count = staying.length; count > nodes; count--) {
      const [chosen] = staying.splice(Math.floor(this.#random() * staying.length), 1);
      if (chosen) this.#leave(loadBalancer, chosen);
    }
    this.#loadBalancing.changes.announce();
  }

  /** A node stops serving without notice; its interface stays, as nobody has noticed yet. */
  kill(node: LoadBalancerNode): void {
    node.phase = 'dead';
    this.#loadBalancing.changes.announce();
  }

  /** A node answers nobody until the function given is called; its life goes on meanwhile. */
  silence(node: LoadBalancerNode): () => void {
    node.silenced++;
    this.#loadBalancing.changes.announce();
    return () => {
      node.silenced--;
      this.#loadBalancing.changes.announce();
    };
  }

  /** Nodes in the subnets that a load balancer has now, none in those it has left. */
  follow(loadBalancer: LoadBalancer): void {
    for (const node of [...loadBalancer.nodes]) {
      if (!loadBalancer.subnetIds.includes(node.interface.subnetId)) this.#remove(loadBalancer, node);
    }
    for (const subnetId of loadBalancer.subnetIds) {
      if (loadBalancer.nodes.some((node) => node.interface.subnetId === subnetId)) continue;
      const node = this.#add(loadBalancer, subnetId);
      if (loadBalancer.state === 'active') this.#serveSoon(node);
    }
    this.#loadBalancing.changes.announce();
  }

  disband(loadBalancer: LoadBalancer): void {
    for (const node of [...loadBalancer.nodes]) this.#remove(loadBalancer, node);
  }

  #start(loadBalancer: LoadBalancer): void {
    const busiestLast = [...loadBalancer.subnetIds].sort(
      (one, other) => nodesIn(loadBalancer, one) - nodesIn(loadBalancer, other),
    );
    const [subnetId] = busiestLast;
    if (subnetId !== undefined) this.#serveSoon(this.#add(loadBalancer, subnetId));
  }

  #serveSoon(node: LoadBalancerNode): void {
    this.#clock.after(this.#timings.nodeStart, () => {
      this.#serve(node);
      this.#loadBalancing.changes.announce();
    });
  }

  #serve(node: LoadBalancerNode): void {
    if (node.phase === 'starting') node.phase = 'serving';
  }

  #leave(loadBalancer: LoadBalancer, node: LoadBalancerNode): void {
    if (!accepts(node)) {
      this.#remove(loadBalancer, node);
      return;
    }
    node.phase = 'leaving';
    this.#clock.after(this.#timings.nodeLeave, () => {
      this.#remove(loadBalancer, node);
      this.#loadBalancing.changes.announce();
    });
  }

  #add(loadBalancer: LoadBalancer, subnetId: string): LoadBalancerNode {
    const subnet = this.#network.subnets.get(subnetId);
    if (!subnet)
      throw new Error(`load balancer ${loadBalancer.arn} has a subnet that does not exist: ${subnetId}`);
    const interfaceType = loadBalancer.type === 'network' ? 'network_load_balancer' : 'interface';
    const node: LoadBalancerNode = {
      phase: 'starting',
      silenced: 0,
      interface: createInterface(this.#network, {
        account: this.#account,
        subnet,
        description: interfaceDescription(loadBalancer.arn),
        securityGroupIds: loadBalancer.securityGroupIds,
        requester: { id: 'amazon-elb', interfaceType },
      }),
    };
    loadBalancer.nodes.push(node);
    this.interfaceCalls.tell({ operation: 'CreateNetworkInterface', interface: node.interface });
    return node;
  }

  #remove(loadBalancer: LoadBalancer, node: LoadBalancerNode): void {
    node.phase = 'dead';
    loadBalancer.nodes = loadBalancer.nodes.filter((other) => other !== node);
    deleteInterface(this.#network, node.interface.id);
    this.interfaceCalls.tell({ operation: 'DeleteNetworkInterface', interface: node.interface });
  }

  #exists(loadBalancer: LoadBalancer): boolean {
    return this.#loadBalancing.loadBalancers.get(loadBalancer.arn) === loadBalancer;
  }
}

function nodesIn(loadBalancer: LoadBalancer, subnetId: string): number {
  return loadBalancer.nodes.filter((node) => node.interface.subnetId === subnetId).length;
}
