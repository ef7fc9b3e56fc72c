// docs/reference/local-aws.md: which actions and types of resources the local AWS has.
import { resourceTypes } from '../../dist/emulator/cloudformation/resources/registry.js';
import { services } from '../../dist/emulator/services/services.js';
import { operationsOf } from '../../dist/emulator/wire/operation-schema.js';

process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

export function localAwsPage() {
  return [
    '# What the local AWS has',
    '',
    'Generated from its code. [The local AWS](../emulator.md) tells what the actions do, and what they do not. The numbers',
    'are those of the actions here, and of all that the pinned SDK knows of the service.',
    '',
    ...services.toSorted((one, other) => compare(titleOf(one), titleOf(other))).flatMap(section),
    '## Types of resources in templates',
    '',
    'And custom resources: `AWS::CloudFormation::CustomResource`, `Custom::…`.',
    '',
    ...[...resourceTypes].sort(compare).map((type) => `- \`${type}\``),
    '',
  ].join('\n');
}

function section({ model, operations }) {
  const there = Object.keys(operations).sort(compare);
  const title = `## ${titleOf({ model })}: ${there.length} of ${operationsOf(model).size}`;
  return [title, '', `${there.map((name) => `\`${name}\``).join(', ')}`, ''];
}

/** `elastic-load-balancing-v2`, after the SDK's client: no other name is known to the code. */
function titleOf({ model }) {
  return model.client.replace('@aws-sdk/client-', '');
}

function compare(one, other) {
  return one < other ? -1 : Number(one > other);
}
