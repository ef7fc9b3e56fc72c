import { type App, Aws, CfnCondition, Fn, type Stack } from 'aws-cdk-lib';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { TargetGroupSync } from '../sync/target-group-sync.ts';
import { AssumedRole } from './assumed-role.ts';
import { completeUpdater } from './complete-updater.ts';
import { bare, literal, object, text } from './config-text.ts';
import { KeptTargetGroup } from './kept-target-group.ts';
import { patterns } from './patterns.ts';
import type { Permitted } from './permitted-if.ts';
import { yesOrNo } from './switch-parameter.ts';
import { TemplateStack } from './template-stack.ts';
import { requiredText } from './text-parameter.ts';

/** `updater.template.yaml`: a load balancer and a target group that exist. */
export function updater(app: App): Stack {
  const stack = new TemplateStack(
    app,
    'albridge: keeps an existing target group equal to the addresses of an existing load balancer',
  );
  const loadBalancerArn = requiredText(stack, 'LoadBalancerArn', {
    description: 'Load balancer whose private addresses the target group must hold; mostly an ALB',
    expected: 'the ARN of an application or network load balancer',
    pattern: patterns.loadBalancerArn,
  });
  const earlyDrain = yesOrNo(stack, 'EarlyDrain', {
    description: 'Whether a node of an ALB is left out once DNS no longer gives it, while it still serves',
    isOn: true,
  });
  const kept = new KeptTargetGroup(stack);
  const sourceRole = new AssumedRole(stack, 'LoadBalancer', 'reading the load balancer');
  const sinkRole = new AssumedRole(stack, 'TargetGroup', 'the target group');
  completeUpdater(stack, {
    binding: {
      source: object(
        { type: literal('load-balancer'), arn: text(loadBalancerArn), earlyDrain: bare(earlyDrain) },
        { role: sourceRole.config },
      ),
      sink: kept.config({ role: sinkRole.config }),
    },
    groups: [
      {
        label: 'Load balancer',
        parameters: [
          [loadBalancerArn, 'Load balancer'],
          [earlyDrain, 'Early drain'],
          ...sourceRole.parameters,
        ],
      },
      { label: 'Target group', parameters: [...kept.parameters, ...sinkRole.parameters] },
    ],
    hasHealth: true,
    keep: (syncFunction) =>
      new TargetGroupSync(stack, 'Binding', {
        bindingName: Aws.STACK_NAME,
        loadBalancer: elbv2.NetworkLoadBalancer.fromNetworkLoadBalancerAttributes(stack, 'LoadBalancer', {
          loadBalancerArn: loadBalancerArn.valueAsString,
        }),
        // Of the configuration only what needs permissions counts: the rest is made of the parameters.
        port: 1,
        syncFunction,
        targetGroup: kept.targetGroup,
      }),
    permitted: ownReads(stack, sourceRole.isGiven, sinkRole.isGiven),
    roles: [sourceRole, sinkRole].map(({ isGiven, statement }) => [isGiven, statement] as const),
  });
  return stack;
}

/** The function itself is permitted only what it does not assume a role for. */
function ownReads(stack: Stack, hasSourceRole: CfnCondition, hasSinkRole: CfnCondition): Permitted[] {
  const condition = (id: string, expression: ReturnType<typeof Fn.conditionNot>) =>
    new CfnCondition(stack, id, { expression });
  const readsSource = condition('ReadsLoadBalancerItself', Fn.conditionNot(hasSourceRole));
  const writesSink = condition('KeepsTargetGroupItself', Fn.conditionNot(hasSinkRole));
  return [
    [readsSource, ['elasticloadbalancing:DescribeLoadBalancers', 'ec2:DescribeNetworkInterfaces']],
    [condition('ReadsVpcsItself', Fn.conditionOr(readsSource, writesSink)), ['ec2:DescribeVpcs']],
    [writesSink, ['elasticloadbalancing:']],
  ];
}
