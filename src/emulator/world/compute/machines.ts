import type { Clock } from '../../clock/clock.ts';
import { Changes } from '../../core/changes.ts';
import type { LoadBalancing } from '../load-balancing/load-balancing.ts';
import { deregister } from '../load-balancing/registration.ts';
import type { Host, Hosts } from '../network/hosts.ts';
import {
  type Instance,
  type LaunchOptions,
  launchInstance,
  privateAddress,
  terminateInstance,
} from '../network/instance.ts';
import type { Network } from '../network/network.ts';
import type { InstanceSoftware, StartInstance } from './instance-software.ts';

/** How long an instance is `pending`. */
const startTime = 10_000;

/** How long it is `shutting-down`. */
const endTime = 10_000;

/** How long a terminated instance is told of. */
const memory = 3_600_000;

interface Running {
  software: InstanceSoftware;
  hosts: Host[];
}

/** The instances of EC2 as machines: how they start, serve, die and end. */
export class Machines {
  /** Told of instances that have started, died or ended. */
  readonly changes: Changes = new Changes();
  readonly #world: MachineWorld;
  readonly #running: Map<Instance, Running> = new Map();
  #closed = false;

  constructor(world: MachineWorld) {
    this.#world = world;
  }

  /** An instance that is `pending` at first, and `running` once its software has started. */
  launch(options: Omit<LaunchOptions, 'account' | 'launchedAt'>): Instance {
    const { account, clock, network } = this.#world;
    const instance = launchInstance(network, { ...options, account, launchedAt: clock.now() });
    clock.after(startTime, () => void this.#start(instance));
    return instance;
  }

  /** Ends an instance: it serves nothing from now on, leaves its target groups, and soon gives its address back. */
  terminate(instance: Instance): void {
    if (instance.state === 'shutting-down' || instance.state === 'terminated') return;
    instance.state = 'shutting-down';
    this.#stop(instance);
    this.#leaveTargetGroups(instance);
    this.#announce();
    this.#world.clock.after(endTime, () => this.#end(instance));
  }

  /** An instance dies without notice: nothing answers at its address, and its status checks fail. */
  kill(instance: Instance): void {
    instance.isImpaired = true;
    this.#stop(instance);
    this.#announce();
  }

  /** Stops what still serves; what starts meanwhile is stopped as soon as it has. */
  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all([...this.#running.values()].map(({ software }) => software.stop?.()));
    this.#running.clear();
  }

  async #start(instance: Instance): Promise<void> {
    if (!this.#mayStart(instance)) return;
    // Software starts at the machine's speed, however fast the world runs.
    const release = this.#world.clock.hold?.();
    try {
      const software = await this.#world.startInstance(this.#describe(instance));
      if (!this.#mayStart(instance)) return void software.stop?.();
      this.#serve(instance, software);
      instance.state = 'running';
    } catch (error) {
      instance.failure = `Server.InternalError: ${error instanceof Error ? error.message : String(error)}`;
      return this.#end(instance);
    } finally {
      release?.();
    }
    this.#announce();
  }

  #mayStart({ state }: Instance): boolean {
    return !this.#closed && state === 'pending';
  }

  #serve(instance: Instance, software: InstanceSoftware): void {
    const at = { address: privateAddress(instance), vpcId: instance.interface.vpcId };
    const hosts = software.ports.map(({ port, forwardTo }) => ({ ...at, port, forwardTo }));
    for (const host of hosts) this.#world.hosts.add(host);
    this.#running.set(instance, { software, hosts });
  }

  #stop(instance: Instance): void {
    const running = this.#running.get(instance);
    this.#running.delete(instance);
    for (const host of running?.hosts ?? []) this.#world.hosts.remove(host);
    void running?.software.stop?.();
  }

  #end(instance: Instance): void {
    const { clock, network } = this.#world;
    terminateInstance(network, instance);
    clock.after(memory, () => network.instances.delete(instance.id));
    this.#leaveTargetGroups(instance);
    this.#announce();
  }

  /** Elastic Load Balancing deregisters what is terminated. */
  #leaveTargetGroups({ id: instanceId }: Instance): void {
    const { clock, loadBalancing } = this.#world;
    for (const group of loadBalancing.targetGroups.values()) {
      for (const { id, port } of [...group.registrations.values()]) {
        if (id === instanceId) deregister(loadBalancing, clock, group, id, port);
      }
    }
  }

  #announce(): void {
    this.changes.announce();
    this.#world.loadBalancing.changes.announce();
  }

  #describe(instance: Instance): Parameters<StartInstance>[0] {
    const { account, region } = this.#world;
    const { id, imageId, instanceType, userData, tags } = instance;
    const { availabilityZone } = instance.interface;
    const address = privateAddress(instance);
    return { account, region, id, address, availabilityZone, imageId, instanceType, userData, tags };
  }
}

export interface MachineWorld {
  account: string;
  region: string;
  clock: Clock;
  network: Network;
  hosts: Hosts;
  loadBalancing: LoadBalancing;
  startInstance: StartInstance;
}
