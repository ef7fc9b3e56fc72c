import {
  type App,
  Aws,
  CfnParameter,
  CfnRule,
  Fn,
  type ICfnRuleConditionExpression,
  type Stack,
} from 'aws-cdk-lib';
import { AllowListSource } from './allow-list-source.ts';
import { AllowListsSync } from './allow-lists-sync.ts';
import { completeUpdater } from './complete-updater.ts';
import { listOf, literal, numbers, object, text } from './config-text.ts';
import { patterns } from './patterns.ts';
import { setTogether } from './set-together.ts';
import { TemplateStack } from './template-stack.ts';
import { isNotEmpty, type OptionalText, optionalText } from './text-parameter.ts';

/** `allow-list.template.yaml`: a security group, a prefix list or both, which exist. */
export function allowList(app: App): Stack {
  const stack = new TemplateStack(
    app,
    'albridge: keeps the ingress of a security group, or a prefix list, equal to addresses that move',
  );
  const from = new AllowListSource(stack);
  const securityGroup = optionalText(stack, 'SecurityGroupId', {
    description: 'Security group whose ingress admits the addresses; other rules of it are left alone',
    expected: 'the id of a security group',
    pattern: patterns.securityGroupId,
  });
  const ports = optionalText(stack, 'Ports', {
    description: 'Ports that the rules of the security group open, separated by commas',
    expected: 'ports from 1 to 65535, separated by commas without spaces',
    pattern: patterns.ports,
  });
  const protocol = new CfnParameter(stack, 'Protocol', {
    allowedValues: ['tcp', 'udp'],
    default: 'tcp',
    description: 'Protocol of the ports',
    type: 'String',
  });
  const prefixList = optionalText(stack, 'PrefixListId', {
    description: 'Managed prefix list that holds the addresses; other entries of it are left alone',
    expected: 'the id of a prefix list',
    pattern: patterns.prefixListId,
  });
  checkSinks(stack, { ports, prefixList, securityGroup });
  completeUpdater(stack, {
    binding: {
      source: from.config,
      sinks: listOf(
        [
          securityGroup.isGiven,
          object({
            name: literal('security-group'),
            type: literal('security-group'),
            id: text(securityGroup.parameter),
            ports: numbers(ports.parameter),
            protocol: text(protocol),
          }),
        ],
        [
          prefixList.isGiven,
          object({
            name: literal('prefix-list'),
            type: literal('prefix-list'),
            id: text(prefixList.parameter),
          }),
        ],
      ),
    },
    groups: [
      from.group,
      {
        label: 'Allow-list: security group, prefix list or both',
        parameters: [
          [securityGroup.parameter, 'Security group'],
          [ports.parameter, 'Ports'],
          [protocol, 'Protocol'],
          [prefixList.parameter, 'Prefix list'],
        ],
      },
    ],
    hasHealth: false,
    keep: (syncFunction) =>
      new AllowListsSync(stack, 'Binding', {
        bindingName: Aws.STACK_NAME,
        prefixListId: prefixList.parameter.valueAsString,
        securityGroupId: securityGroup.parameter.valueAsString,
        source: from.source,
        syncFunction,
      }),
    permitted: [
      ...from.permitted,
      [securityGroup.isGiven, ['ec2:DescribeSecurityGroupRules', 'ec2:Authorize', 'ec2:Revoke']],
      [prefixList.isGiven, ['ec2:DescribeManagedPrefixLists', 'ec2:Get', 'ec2:Modify']],
    ],
    sinkConditions: [securityGroup.isGiven, prefixList.isGiven],
  });
  return stack;
}

interface Sinks {
  readonly ports: OptionalText;
  readonly prefixList: OptionalText;
  readonly securityGroup: OptionalText;
}

function checkSinks(stack: Stack, { ports, prefixList, securityGroup }: Sinks): void {
  new CfnRule(stack, 'SomeAllowList', {
    assertions: [
      {
        assert: Fn.conditionOr(
          isNotEmpty(securityGroup.parameter),
          isNotEmpty(prefixList.parameter),
        ) as ICfnRuleConditionExpression,
        assertDescription: 'There is nothing to keep: set SecurityGroupId, PrefixListId or both',
      },
    ],
  });
  setTogether(stack, 'PortsOfSecurityGroup', {
    parameters: [securityGroup.parameter, ports.parameter],
    reason: 'Rules of a security group have ports: set SecurityGroupId and Ports together',
  });
}
