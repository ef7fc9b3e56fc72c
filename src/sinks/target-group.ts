import {
  DeregisterTargetsCommand,
  DescribeTargetHealthCommand,
  RegisterTargetsCommand,
  type TargetDescription,
  type TargetHealthDescription,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { AwsClients } from '../aws/clients.ts';
import { type Address, parseAddress } from '../engine/address.ts';
import { containedInAny, type Network } from '../engine/network.ts';
import type { Contents, Entry, Sink, Written } from '../engine/sink.ts';
import { targetGroupFacts } from './target-group-facts.ts';
import { entryState, stateReason } from './target-state.ts';
import { unreadable } from './unreadable.ts';
import { writeInChunks } from './write-in-chunks.ts';

export interface TargetGroupSinkOptions {
  clients: AwsClients;
  targetGroupArn: string;
  /** The managed port: targets on other ports are somebody else's, and are not seen (FM13). */
  port: number;
}

/** One port of an `ip` target group. */
export function targetGroupSink(options: TargetGroupSinkOptions): Sink {
  let vpcNetworks: readonly Network[] | undefined;
  return {
    async read(): Promise<Contents> {
      const facts = await targetGroupFacts(options.clients, options.targetGroupArn);
      vpcNetworks = facts.vpcNetworks;
      return { entries: await readEntries(options), networks: facts.networks, healthChecked: true };
    },
    add: (addresses) => register(options, addresses, vpcNetworks),
    remove: (entries) => deregister(options, entries),
  };
}

async function readEntries({ clients, targetGroupArn, port }: TargetGroupSinkOptions): Promise<Entry[]> {
  try {
    const command = new DescribeTargetHealthCommand({ TargetGroupArn: targetGroupArn });
    const { TargetHealthDescriptions = [] } = await clients.elbv2.send(command);
    return TargetHealthDescriptions.filter(({ Target }) => Target?.Port === port).flatMap(entryOf);
  } catch (error) {
    throw unreadable(`elasticloadbalancing:DescribeTargetHealth of '${targetGroupArn}'`, error);
  }
}

function entryOf({ Target, TargetHealth }: TargetHealthDescription): Entry[] {
  const address = parseAddress(Target?.Id ?? '');
  if (!Target?.Id || !address) return [];
  const reason = stateReason(TargetHealth);
  const entry = { address, state: entryState(TargetHealth), id: Target.Id };
  return [reason === undefined ? entry : { ...entry, reason }];
}

function register(
  { clients, targetGroupArn, port }: TargetGroupSinkOptions,
  addresses: readonly Address[],
  vpcNetworks: readonly Network[] | undefined,
): Promise<Written> {
  return writeInChunks({
    action: 'elasticloadbalancing:RegisterTargets',
    items: addresses,
    addressOf: (address) => address,
    send: (chunk) => {
      const targets = chunk.map((address) => newTarget(address, port, vpcNetworks));
      const input = { TargetGroupArn: targetGroupArn, Targets: targets };
      return clients.elbv2.send(new RegisterTargetsCommand(input));
    },
  });
}

/** AWS demands the zone `all` for an address outside the VPC, and refuses it for one inside (FM11). */
function newTarget(
  address: Address,
  port: number,
  vpcNetworks: readonly Network[] | undefined,
): TargetDescription {
  const isOutside = vpcNetworks !== undefined && !containedInAny(vpcNetworks, address);
  return { Id: address, Port: port, ...(isOutside ? { AvailabilityZone: 'all' } : {}) };
}

function deregister(
  { clients, targetGroupArn, port }: TargetGroupSinkOptions,
  entries: readonly Entry[],
): Promise<Written> {
  return writeInChunks({
    action: 'elasticloadbalancing:DeregisterTargets',
    items: entries,
    addressOf: ({ address }) => address,
    send: (chunk) => {
      // Id and port as AWS told them (FM10): without the port it reports success, and keeps the target.
      const targets = chunk.map(({ id }) => ({ Id: id, Port: port }));
      const input = { TargetGroupArn: targetGroupArn, Targets: targets };
      return clients.elbv2.send(new DeregisterTargetsCommand(input));
    },
  });
}
