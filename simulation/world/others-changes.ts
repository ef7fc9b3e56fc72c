import { AwsError } from '../../src/emulator/core/aws-error.ts';
import { execute } from '../../src/emulator/core/execute.ts';
import { ec2 } from '../../src/emulator/services/ec2/index.ts';
import { elbv2 } from '../../src/emulator/services/elbv2/index.ts';
import { currentEntries, isBusy } from '../../src/emulator/world/network/prefix-list.ts';
import { isFull } from '../aws/quotas.ts';
import type { Dice } from '../dice.ts';
import { allow, callOf } from './infrastructure.ts';
import { fleetingEntry } from './others.ts';
import { managedPort, othersPort } from './ports.ts';
import { addressOfRule } from './sinks/security-group.ts';
import type { SimulatedWorld } from './world.ts';

/** What others change in the sinks, as time goes by. */
export class OthersChanges {
  readonly #world: SimulatedWorld;
  readonly #dice: Dice;
  readonly #tell: (line: () => string) => void;

  constructor(world: SimulatedWorld, dice: Dice, tell: (line: () => string) => void) {
    this.#world = world;
    this.#dice = dice;
    this.#tell = tell;
  }

  targets(): void {
    const { cell, web, bindings } = this.#world;
    const node = web.nodes[0];
    const sink = bindings[0]?.sink.config;
    if (!node || sink?.type !== 'target-group') return;
    const operation = this.#dice.pick(['RegisterTargets', 'DeregisterTargets'] as const);
    const address = node.interface.privateIpAddresses[0] ?? '';
    const Targets = [{ Id: address, Port: othersPort }];
    this.#tell(() => `somebody: ${operation} ${address}:${othersPort}`);
    void execute(elbv2, operation, { TargetGroupArn: sink.arn, Targets }, callOf(cell));
  }

  rules(): void {
    const { cell, bindings } = this.#world;
    const address = `10.0.9.${this.#dice.between(20, 30)}`;
    const groups = bindings.flatMap(({ sink: { config } }) =>
      config.type === 'security-group' ? [config.id] : [],
    );
    const groupId = this.#dice.pick(groups);
    const rules = cell.network.securityGroups.get(groupId)?.rules.values() ?? [];
    if ([...rules].some((rule) => addressOfRule(rule) === address)) return;
    this.#tell(() => `somebody allows ${address}`);
    const rule = { port: managedPort, cidr: `${address}/32`, description: 'by hand' };
    // Where the group is full, it is so for others too.
    allow(cell, groupId, rule).catch((error: unknown) => {
      if (!(error instanceof AwsError && isFull(error))) throw error;
    });
  }

  /** Somebody else changes the prefix list, which takes a while, and makes another version. */
  entries(): void {
    const { cell, bindings } = this.#world;
    const ids = bindings.flatMap(({ sink: { config } }) =>
      config.type === 'prefix-list' ? [config.id] : [],
    );
    const list = cell.network.prefixLists.get(ids[0] ?? '');
    if (!list || isBusy(list) || currentEntries(list).length >= list.maxEntries) return;
    const change = [{ Cidr: fleetingEntry, Description: 'by hand' }];
    const isThere = currentEntries(list).some(({ cidr }) => cidr === fleetingEntry);
    this.#tell(() => `somebody ${isThere ? 'removes' : 'adds'} ${fleetingEntry}`);
    const input = { PrefixListId: list.id, CurrentVersion: list.version };
    const changes = isThere ? { RemoveEntries: change } : { AddEntries: change };
    void execute(ec2, 'ModifyManagedPrefixList', { ...input, ...changes }, callOf(cell));
  }
}
