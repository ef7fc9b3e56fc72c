import type { Duration } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type { BridgeFunctionOptions } from '../bridge-function.ts';

/** Settings of a sync function: constructs of one stack that have the same share one function. */
export interface SyncFunctionOptions extends BridgeFunctionOptions {
  /**
   * How often passes start: 5, 6, 10, 12, 15, 20 or 30 seconds, or whole minutes up to a day.
   *
   * Below a minute it adds a queue and a function that fills it each minute, since schedules know nothing shorter.
   *
   * @default Duration.minutes(1)
   */
  readonly every?: Duration;

  /**
   * Whether a pass starts at once when a load balancer makes or deletes a network interface, besides the schedule.
   *
   * It needs a CloudTrail trail that logs management events in this account and region: without one there are no such
   * events, and the schedule goes on alone. From a minute up it adds the queue and the function of `every` below a
   * minute, by which two minutes of re-checks follow an event.
   *
   * @default false
   */
  readonly events?: boolean;

  /**
   * A VPC for the function, whose DNS knows names that are private to it.
   *
   * There the function reaches AWS by a NAT gateway, or by interface endpoints of the services that it calls: `ec2`,
   * `elasticloadbalancing`; `ssm` where one function keeps several bindings; `sts` where roles are assumed.
   *
   * @default - none: a public DNS name, and one that only a load balancer has, resolve everywhere
   */
  readonly vpc?: ec2.IVpc;

  /**
   * The subnets of the function in `vpc`.
   *
   * @default - the VPC's private subnets, or else its isolated ones
   */
  readonly vpcSubnets?: ec2.SubnetSelection;

  /**
   * The security groups of the function in `vpc`.
   *
   * @default - one of its own, by which it may reach everything and nothing may reach it
   */
  readonly securityGroups?: ec2.ISecurityGroup[];

  /**
   * Concurrency to set aside for the function. `1` makes passes run one after another; it is taken
   * from what the account's other functions share.
   *
   * @default - none: passes are safe to overlap
   */
  readonly reservedConcurrentExecutions?: number;

  /**
   * The name of the function's role, for roles elsewhere to trust before it is there (`SyncAccessRole`).
   *
   * A role's name is one function's: whatever shares it in a stack has the same `every`, `events` and VPC. Those can
   * change; the function stays.
   *
   * @default - chosen by CloudFormation
   */
  readonly roleName?: string;

  /**
   * The code of the `sync` function.
   *
   * @default - the function shipped with this package
   */
  readonly syncCode?: lambda.Code;

  /**
   * The code of the `dispatch` function, where there is one.
   *
   * @default - the function shipped with this package
   */
  readonly dispatchCode?: lambda.Code;
}
