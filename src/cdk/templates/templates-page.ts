import type { PlainParameter, PlainTemplate } from './plain-template.ts';

const head = `# Templates

Parameters, rules and outputs of the templates in [\`templates\`](../../templates), generated from them by
\`npm run templates\`. [Templates](../templates.md) tells how to deploy them, and what to know before.
`;

/** The reference of the templates in Markdown. */
export function templatesPage(
  templates: readonly (readonly [name: string, template: PlainTemplate])[],
): string {
  return [head, ...templates.map(([name, template]) => section(name, template))].join('\n');
}

function section(
  name: string,
  { Description, Metadata, Outputs, Parameters, Rules = {} }: PlainTemplate,
): string {
  const { ParameterGroups } = Metadata['AWS::CloudFormation::Interface'];
  const rules = Object.values(Rules).flatMap(({ Assertions }) => Assertions);
  return [
    `## \`${name}\`\n`,
    `${Description.replace('albridge: ', '').replace(/^./, (first) => first.toUpperCase())}.\n`,
    ...ParameterGroups.flatMap(({ Label, Parameters: ids }) => [
      `### ${Label.default}\n`,
      `${table(
        ['parameter', 'default', 'values', ''],
        ids.map((id) => parameterRow(id, Parameters[id])),
      )}\n`,
    ]),
    ...(rules.length > 0
      ? [`### Refused\n`, `${rules.map(({ AssertDescription }) => `- ${AssertDescription}.`).join('\n')}\n`]
      : []),
    `### Outputs\n`,
    `${table(
      ['output', ''],
      Object.entries(Outputs).map(([id, output]) => [`\`${id}\``, output.Description]),
    )}\n`,
  ].join('\n');
}

function parameterRow(id: string, parameter: PlainParameter | undefined): string[] {
  if (!parameter) throw new Error(`a group names a parameter that there is not: ${id}`);
  return [`\`${id}\``, defaultOf(parameter), valuesOf(parameter), parameter.Description];
}

function defaultOf({ Default }: PlainParameter): string {
  if (Default === undefined) return 'required';
  return Default === '' ? 'none' : `\`${Default}\``;
}

function valuesOf({
  AllowedValues,
  ConstraintDescription,
  MaxValue,
  MinValue,
  Type,
}: PlainParameter): string {
  if (AllowedValues) return AllowedValues.map((value) => `\`${value}\``).join(', ');
  if (MinValue !== undefined)
    return MaxValue === undefined ? `${MinValue} or more` : `${MinValue} to ${MaxValue}`;
  return ConstraintDescription?.replace(/^must (be )?/, '') ?? `\`${Type}\``;
}

function table(titles: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(titles), line(titles.map(() => '---')).replaceAll(' ', ''), ...rows.map(line)].join('\n');
}
