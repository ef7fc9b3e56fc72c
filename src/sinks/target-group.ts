import {
  DeregisterTargetsCommand,
  DescribeTargetHealthCommand,
  RegisterTargetsCommand,
  type TargetHealthDescription,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { AwsClients } from '../aws/clients.ts';
import { type Address, parseAddress } from '../engine/address.ts';
import type { Contents, Entry, Sink, Written } from '../engine/sink.ts';
import type { KeptZones, ZoneSetting } from './kept-zones.ts';
import { targetGroupFacts } from './target-group-facts.ts';
import { entryState, stateReason } from './target-state.ts';
import { type TargetZones, targetZones } from './target-zones.ts';
import { unreadable } from './unreadable.ts';
import { writeInChunks } from './write-in-chunks.ts';

export interface TargetGroupSinkOptions {
  clients: AwsClients;
  targetGroupArn: string;
  /** The managed port: targets on other ports are somebody else's, and are not seen (FM13). @default the group's own */
  port?: number | undefined;
  /** Which zone to register targets with, where AWS is to be told another than what the VPC's ranges say (FM11). */
  availabilityZone?: ZoneSetting | undefined;
  /** Zones that AWS corrected before. @default none but this sink's own */
  keptZones?: KeptZones | undefined;
}

type OfOnePort = TargetGroupSinkOptions & { port: number };

/** One port of an `ip` target group. */
export function targetGroupSink(options: TargetGroupSinkOptions): Sink {
  const { clients, targetGroupArn } = options;
  const zones = targetZones(options);
  let known = options.port;
  const ofOnePort = async (): Promise<OfOnePort> => {
    known ??= (await targetGroupFacts(clients, targetGroupArn)).port;
    return { ...options, port: known };
  };
  return {
    async read(): Promise<Contents> {
      const facts = await targetGroupFacts(clients, targetGroupArn);
      zones.vpcNetworks = facts.vpcNetworks;
      known ??= facts.port;
      return { entries: await readEntries(await ofOnePort()), networks: facts.networks, healthChecked: true };
    },
    add: async (addresses) => register(await ofOnePort(), addresses, zones),
    remove: async (entries) => deregister(await ofOnePort(), entries),
  };
}

async function readEntries({ clients, targetGroupArn, port }: OfOnePort): Promise<Entry[]> {
  try {
    const command = new DescribeTargetHealthCommand({ TargetGroupArn: targetGroupArn });
    const { TargetHealthDescriptions = [] } = await clients.elbv2.send(command);
    return TargetHealthDescriptions.filter(({ Target }) => Target?.Port === port).flatMap(entryOf);
  } catch (error) {
    throw unreadable(`elasticloadbalancing:DescribeTargetHealth of '${targetGroupArn}'`, error);
  }
}

function entryOf({ Target, TargetHealth }: TargetHealthDescription): Entry[] {
  const id = Target?.Id ?? '';
  const address = parseAddress(id);
  if (!address) return [];
  const reason = stateReason(TargetHealth);
  const entry = { address, state: entryState(TargetHealth), id };
  return [reason === undefined ? entry : { ...entry, reason }];
}

function register(
  { clients, targetGroupArn, port }: OfOnePort,
  addresses: readonly Address[],
  zones: TargetZones,
): Promise<Written> {
  return writeInChunks({
    action: 'elasticloadbalancing:RegisterTargets',
    items: addresses,
    addressOf: (address) => address,
    send: (chunk) =>
      zones.send(
        chunk.map((address) => ({ address, port })),
        (Targets) =>
          clients.elbv2.send(new RegisterTargetsCommand({ TargetGroupArn: targetGroupArn, Targets })),
      ),
  });
}

function deregister(
  { clients, targetGroupArn, port }: OfOnePort,
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
