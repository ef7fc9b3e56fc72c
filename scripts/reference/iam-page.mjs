// docs/reference/iam.md: what roles are allowed, as the constructs allow it.
import { functions, sinks, sources } from '../../dist/cdk/reference/subjects.js';
import { reasonOf } from './reasons.mjs';
import { table } from './table.mjs';

export function iamPage() {
  const group = sinks().find(({ name }) => name === 'target-group')?.granted ?? [];
  return `${[
    '# Permissions',
    'Generated from the policies that the constructs make. A test runs each source and each sink on the local AWS with exactly these actions, and once without each of them.',
    'No statement has a condition, and none names more than the table says. AWS has no resource-level permissions for the `Describe` actions, so these are on `*`.',
    '## Sources',
    'The role that reads a source needs:',
    tableOf(sources().map(quoted)),
    'A `merged` source needs what its parts need.',
    '## Sinks',
    'The role that reads and writes a sink needs:',
    tableOf(sinks().map(quoted)),
    '## Functions',
    "Each function has a role of its own, which needs these besides. `sync`'s is given what its sources and sinks need, as far as no other role reads and writes them.",
    tableOf(functions()),
    '## A role in another account',
    'A source or a sink in another account, or one that another role is to write, has a `role`. The role of `sync` may assume it, and nothing else of what the source or sink needs; the role itself needs what the tables above say. For a target group:',
    json(policy(group)),
    'Its trust policy names the role of `sync`, and should ask for an external id where the account is not your own (`externalId`):',
    json(trust),
  ].join('\n\n')}\n`;
}

const trust = {
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Action: 'sts:AssumeRole',
      Principal: { AWS: 'arn:aws:iam::111122223333:role/<role of sync>' },
      Condition: { StringEquals: { 'sts:ExternalId': '<external id>' } },
    },
  ],
};

function policy(granted) {
  const statements = granted.map(({ actions, resources }) => ({
    Effect: 'Allow',
    Action: actions,
    Resource: resources.length === 1 ? resources[0] : resources,
  }));
  return { Version: '2012-10-17', Statement: statements };
}

function json(value) {
  return `\`\`\`json\n${JSON.stringify(value, null, 2)}\n\`\`\``;
}

function quoted({ name, granted }) {
  return { name: `\`${name}\``, granted };
}

function tableOf(subjects) {
  return table(['', 'action', 'on', 'for'], subjects.flatMap(rowsOf));
}

/** A row for each action; the name in the first. */
function rowsOf({ name, granted }) {
  const rows = granted.flatMap(({ actions, resources }) =>
    actions.map((action) => [
      `\`${action}\``,
      resources.map((one) => `\`${one}\``).join(', '),
      reasonOf(action, actions),
    ]),
  );
  if (rows.length === 0) return [[name, 'none', '', '']];
  return rows.map((row, index) => [index === 0 ? name : '', ...row]);
}
