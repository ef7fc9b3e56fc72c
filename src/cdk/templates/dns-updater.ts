import { type App, Aws, CfnParameter, type Stack } from 'aws-cdk-lib';
import type { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import { AddressSource } from '../sync/address-source.ts';
import { TargetGroupSync } from '../sync/target-group-sync.ts';
import { completeUpdater } from './complete-updater.ts';
import { literal, object, text, texts } from './config-text.ts';
import { FunctionNetwork } from './function-network.ts';
import { KeptTargetGroup } from './kept-target-group.ts';
import { nameServers } from './name-servers.ts';
import { patterns } from './patterns.ts';
import { TemplateStack } from './template-stack.ts';
import { requiredText } from './text-parameter.ts';

/** `dns-updater.template.yaml`: a DNS name and a target group that exists. */
export function dnsUpdater(app: App): Stack {
  const stack = new TemplateStack(
    app,
    'albridge: keeps an existing target group equal to the addresses of a DNS name',
  );
  const name = requiredText(stack, 'DnsName', {
    description:
      'Name whose addresses the target group must hold: of a database, a cache, a service elsewhere',
    expected: 'a DNS name',
    pattern: patterns.dnsName,
  });
  const family = new CfnParameter(stack, 'Family', {
    allowedValues: ['ipv4', 'ipv6'],
    default: 'ipv4',
    description: 'Which addresses: that of the target group',
    type: 'String',
  });
  const servers = nameServers(stack);
  const kept = new KeptTargetGroup(stack);
  const network = new FunctionNetwork(stack);
  const { function: sync } = completeUpdater(stack, {
    binding: {
      source: object(
        { type: literal('dns'), name: text(name), family: text(family) },
        { servers: [servers.isGiven, texts(servers.parameter)] },
      ),
      sink: kept.config(),
    },
    functionOptions: network.options,
    groups: [
      {
        label: 'DNS name',
        parameters: [
          [name, 'Name'],
          [family, 'Family'],
          [servers.parameter, 'Name servers'],
        ],
      },
      { label: 'Target group', parameters: kept.parameters },
      network.group,
    ],
    hasHealth: true,
    keep: (syncFunction) =>
      new TargetGroupSync(stack, 'Binding', {
        bindingName: Aws.STACK_NAME,
        // Of the configuration only what needs permissions counts: the rest is made of the parameters.
        port: 1,
        source: AddressSource.dns(name.valueAsString),
        syncFunction,
        targetGroup: kept.targetGroup,
      }),
    permitted: [network.permitted],
  });
  network.apply(sync.node.defaultChild as CfnFunction);
  return stack;
}
