import * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';

/** What CloudTrail tells of load balancers' interfaces. */
export const interfaceEvents: events.EventPattern = {
  detail: {
    eventName: ['CreateNetworkInterface', 'DeleteNetworkInterface'],
    eventSource: ['ec2.amazonaws.com'],
    sourceIPAddress: ['elasticloadbalancing.amazonaws.com'],
  },
  detailType: ['AWS API Call via CloudTrail'],
  source: ['aws.ec2'],
};

/** A rule that may invoke its targets, and nothing else on its behalf (FM30). */
export function startingRule(
  scope: Construct,
  id: string,
  { targets, ...props }: Omit<events.RuleProps, 'targets'> & { readonly targets: lambda.Function[] },
): events.Rule {
  const rule = new events.Rule(scope, id, {
    ...props,
    targets: targets.map((target) => ({ bind: () => ({ arn: target.functionArn }) })),
  });
  for (const target of targets) {
    target.addPermission(id, {
      principal: new iam.ServicePrincipal('events.amazonaws.com'),
      sourceArn: rule.ruleArn,
    });
  }
  return rule;
}
