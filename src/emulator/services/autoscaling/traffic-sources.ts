import type { AutoScaling, TrafficSourceIdentifier } from '@aws-sdk/client-auto-scaling';
import { AwsError } from '../../core/aws-error.ts';
import type { Operations } from '../../core/service.ts';
import { findGroup } from './lookup.ts';
import { page } from './pages.ts';
import { attach, attachments, detach } from './target-groups.ts';

export const trafficSourceType = 'elbv2';

/** The same as target groups, by the name that AWS has given them with all else that sends traffic. */
export const trafficSources: Operations<AutoScaling> = {
  AttachTrafficSources({ AutoScalingGroupName, TrafficSources }, { cell }) {
    attach(cell, AutoScalingGroupName, targetGroupArnsOf(TrafficSources));
    return {};
  },
  DetachTrafficSources({ AutoScalingGroupName, TrafficSources }, { cell }) {
    detach(cell, AutoScalingGroupName, targetGroupArnsOf(TrafficSources));
    return {};
  },
  DescribeTrafficSources(input, { cell }) {
    const group = findGroup(cell, input.AutoScalingGroupName);
    refuseType(input.TrafficSourceType);
    const { items, nextToken } = page(attachments(cell, group), ({ arn }) => arn, input);
    return {
      TrafficSources: items.map(({ arn, state }) => ({
        TrafficSource: arn,
        Identifier: arn,
        State: state,
        Type: trafficSourceType,
      })),
      NextToken: nextToken,
    };
  },
};

/** @throws AwsError `ValidationError` for traffic sources that are no target groups */
export function targetGroupArnsOf(sources: readonly TrafficSourceIdentifier[] = []): string[] {
  return sources.map(({ Identifier = '', Type }) => {
    refuseType(Type);
    return Identifier;
  });
}

function refuseType(type: string | undefined): void {
  if (type === undefined || type === trafficSourceType) return;
  throw new AwsError(
    'ValidationError',
    `The traffic source type '${type}' is not part of this local AWS: ${trafficSourceType} is`,
  );
}
