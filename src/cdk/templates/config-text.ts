import { type CfnCondition, type CfnParameter, Fn, type IResolvable } from 'aws-cdk-lib';

/** Writes a part of a JSON text that CloudFormation fills in. */
export type Part = (place: Place) => string;

/** A part that is there where a condition holds. */
export type OptionalPart = readonly [condition: CfnCondition, part: Part];

interface Place {
  /** None on a line with others. */
  readonly indent?: string | undefined;
  /** The names of the members that lead here, as the name of a variable. */
  readonly path: string;
  /** What `Fn::Sub` has to be told besides parameters. */
  readonly variables: Record<string, unknown>;
}

/** The text as one `Fn::Sub`: parameters stand in it by their names, and variables only for what may be absent. */
export function configText(part: Part): IResolvable {
  return substituted(part, { indent: '', path: '' }) as unknown as IResolvable;
}

function substituted(part: Part, place: Omit<Place, 'variables'>): unknown {
  const variables = {};
  const body = part({ ...place, variables });
  if (!body.includes('${')) return body;
  return { 'Fn::Sub': Object.keys(variables).length === 0 ? body : [body, variables] };
}

export const literal =
  (value: string): Part =>
  () =>
    JSON.stringify(value);

/** The parameter as a string. Its `AllowedPattern` has to keep out what JSON would have to escape. */
export const text =
  ({ logicalId }: Pick<CfnParameter, 'logicalId'>): Part =>
  () =>
    `"\${${logicalId}}"`;

/** The parameter as it is: a number, or `true` or `false`. */
export const bare =
  ({ logicalId }: CfnParameter): Part =>
  () =>
    `\${${logicalId}}`;

/** The parameter, in which commas separate texts, as a list of strings. */
export const texts =
  (parameter: CfnParameter): Part =>
  ({ path, variables }) => {
    variables[path] = Fn.join('", "', Fn.split(',', parameter.valueAsString));
    return `["\${${path}}"]`;
  };

/** The parameter, in which commas separate numbers, as a list of them. */
export const numbers =
  ({ logicalId }: CfnParameter): Part =>
  () =>
    `[\${${logicalId}}]`;

/** The first of the parts whose condition holds, and else the last. */
export const firstOf =
  (candidates: readonly OptionalPart[], last: Part): Part =>
  ({ path, variables }) => {
    variables[path] = candidates.reduceRight<unknown>(
      (rest, [condition, part]) => ({
        'Fn::If': [condition.logicalId, substituted(part, { path }), rest],
      }),
      substituted(last, { path }),
    );
    return `\${${path}}`;
  };

/** An object, a member a line. What may be absent comes last, each with the comma before it. */
export const object =
  (members: Readonly<Record<string, Part>>, optional: Readonly<Record<string, OptionalPart>> = {}): Part =>
  ({ indent, path, variables }) => {
    const inner = indent === undefined ? undefined : `${indent}  `;
    const at = (name: string) => ({ indent: inner, path: `${path}${capitalized(name)}` });
    const written = Object.entries(members).map(
      ([name, part]) => `"${name}": ${part({ ...at(name), variables })}`,
    );
    const given = Object.entries(optional).map(([name, [condition, part]]) => {
      const place = { path: at(name).path };
      const member = substituted((within) => `, "${name}": ${part(within)}`, place);
      variables[`Optional${place.path}`] = { 'Fn::If': [condition.logicalId, member, ''] };
      return `\${Optional${place.path}}`;
    });
    return inner === undefined
      ? `{${written.join(', ')}${given.join('')}}`
      : `{\n${inner}${written.join(`,\n${inner}`)}${given.join('')}\n${indent}}`;
  };

/** A list, whose items have their names to themselves. */
export const list =
  (...items: Part[]): Part =>
  (place) =>
    `[${items.map((item) => item({ ...place, path: '' })).join(', ')}]`;

/** A list of those whose condition holds. */
export const listOf =
  (...items: OptionalPart[]): Part =>
  ({ path, variables }) => {
    const given = items.map(([condition, part]) => ({
      'Fn::If': [condition.logicalId, substituted(part, { path }), { Ref: 'AWS::NoValue' }],
    }));
    variables[path] = { 'Fn::Join': [', ', given] };
    return `[\${${path}}]`;
  };

function capitalized(name: string): string {
  return `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}
