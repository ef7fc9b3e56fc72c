import type { Action, TargetGroupTuple } from '@aws-sdk/client-elastic-load-balancing-v2';
import { AwsError } from '../../core/aws-error.ts';
import type { Cell } from '../../core/cell.ts';
import type { LoadBalancer } from '../../world/load-balancing/load-balancer.ts';
import { refuseIncompatible } from './compatible-groups.ts';
import { checkOwnAction } from './own-actions.ts';

/** Target groups that one forward distributes to. */
const groupLimit = 5;

const week = 604_800;

/** Where the actions are to be: a listener, or a rule of it. */
export interface ActionContext {
  cell: Cell;
  loadBalancer: LoadBalancer;
  /** The listener's. */
  protocol: string;
}

/**
 * Actions as AWS keeps them: a forward names its group both ways.
 *
 * @throws AwsError `TargetGroupNotFound`, `IncompatibleProtocols`, `InvalidLoadBalancerAction`, `ValidationError`
 */
export function checkActions(context: ActionContext, actions: readonly Action[] | undefined): Action[] {
  if (!actions?.length) throw new AwsError('ValidationError', 'At least one action must be specified');
  return actions.map((action) => {
    if (action.Type === 'forward') return checkForward(context, action);
    if (context.loadBalancer.type === 'application') return checkOwnAction(action);
    throw new AwsError(
      'InvalidLoadBalancerAction',
      `A network load balancer's listener can only forward, not '${action.Type}'`,
    );
  });
}

function checkForward(context: ActionContext, action: Action): Action {
  const groups = action.ForwardConfig?.TargetGroups ?? [{ TargetGroupArn: action.TargetGroupArn, Weight: 1 }];
  if (groups.length > groupLimit) {
    throw new AwsError(
      'TooManyTargetGroups',
      `You can specify at most '${groupLimit}' target groups per action`,
    );
  }
  for (const group of groups) refuseWeight(group);
  for (const { TargetGroupArn } of groups) refuseIncompatible(context, TargetGroupArn);
  const sticky = action.ForwardConfig?.TargetGroupStickinessConfig ?? { Enabled: false };
  const { Enabled: isSticky, DurationSeconds: seconds = isSticky ? undefined : 1 } = sticky;
  if (seconds === undefined || seconds < 1 || seconds > week) {
    throw new AwsError(
      'ValidationError',
      `Target group stickiness duration '${seconds}' must be between '1' and '${week}' seconds`,
    );
  }
  const [only] = groups;
  return {
    ...action,
    ...(groups.length === 1 ? { TargetGroupArn: only?.TargetGroupArn } : {}),
    ForwardConfig: { ...action.ForwardConfig, TargetGroupStickinessConfig: sticky, TargetGroups: groups },
  };
}

function refuseWeight({ Weight: weight = 1 }: TargetGroupTuple): void {
  if (weight >= 0 && weight <= 999) return;
  throw new AwsError('ValidationError', `Target group weight '${weight}' must be between '0' and '999'`);
}
