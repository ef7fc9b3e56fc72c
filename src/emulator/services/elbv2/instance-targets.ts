import type { TargetDescription } from '@aws-sdk/client-elastic-load-balancing-v2';
import { AwsError } from '../../core/aws-error.ts';
import type { Cell } from '../../core/cell.ts';
import type { TargetGroup } from '../../world/load-balancing/target-group.ts';

/**
 * Checks an instance that is to be a target.
 *
 * @throws AwsError `InvalidTarget`, `ValidationError`
 */
export function refuseInstanceTarget(
  { network }: Cell,
  group: TargetGroup,
  { Id: id = '', AvailabilityZone: zone }: TargetDescription,
): void {
  if (!/^i-[0-9a-f]+$/.test(id)) throw new AwsError('ValidationError', `Instance ID '${id}' is not valid`);
  if (zone !== undefined) {
    throw new AwsError('ValidationError', `An Availability Zone cannot be specified for instance '${id}'`);
  }
  const instance = network.instances.get(id);
  if (instance === undefined) {
    throw new AwsError('InvalidTarget', `The following targets are not valid instances: '${id}'`);
  }
  if (instance.interface.vpcId !== group.vpcId) {
    throw new AwsError(
      'InvalidTarget',
      `The following targets are not in the target group VPC '${group.vpcId}': '${id}'`,
    );
  }
  if (instance.state !== 'running' && instance.state !== 'pending') {
    throw new AwsError(
      'InvalidTarget',
      `The following targets are not in a running state and cannot be registered: '${id}'`,
    );
  }
}
