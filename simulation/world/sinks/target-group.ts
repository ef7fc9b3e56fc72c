import type { Cell } from '../../../src/emulator/core/cell.ts';
import type { Held } from '../../truth/standing.ts';
import type { SimulatedSink } from '../simulated-binding.ts';

export interface TargetGroupSinkOptions {
  arn: string;
  port: number;
  family?: 'ipv4' | 'ipv6';
  room?: number | undefined;
}

export function targetGroupSink(
  cell: Cell,
  { arn, port, family = 'ipv4', room }: TargetGroupSinkOptions,
): SimulatedSink {
  return {
    config: { type: 'target-group', arn, port },
    isSinkOf: ({ targetGroupArn }) => targetGroupArn === arn,
    ports: [port],
    families: [family],
    held: () => targetsOf(cell, arn, port),
    room,
  };
}

function targetsOf(cell: Cell, targetGroupArn: string, port: number): Map<string, Held> {
  const registrations = cell.loadBalancing.targetGroups.get(targetGroupArn)?.registrations.values() ?? [];
  const held = new Map<string, Held>();
  for (const target of registrations) if (target.port === port) held.set(target.id, heldAs(target.state));
  return held;
}

function heldAs(state: string): Held {
  switch (state) {
    case 'healthy':
    case 'unhealthy':
    case 'unused':
    case 'draining':
      return state;
    default:
      return 'initial';
  }
}
