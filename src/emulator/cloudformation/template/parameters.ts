import type { Parameter } from '@aws-sdk/client-cloudformation';
import { validationError } from '../validation-error.ts';
import { type StoredValue, storedValueType, unableToFetch } from './stored-values.ts';
import type { ParameterDefinition, Template } from './template.ts';

/** A parameter of a stack with its value. */
export interface ResolvedParameter {
  /** As it was given, or its default. */
  text: string;
  /** What `Ref` gives: list types are split. */
  value: string | readonly string[];
  noEcho: boolean;
  /** What the parameter store had under that name, where the type says that it is one. */
  stored?: string;
}

export type ResolvedParameters = ReadonlyMap<string, ResolvedParameter>;

/**
 * The values of a template's parameters: those given, the previous ones where asked for, or the defaults.
 *
 * @throws AwsError `ValidationError`, in CloudFormation's words
 */
export function resolveParameters(
  template: Template,
  given: readonly Parameter[],
  previous: ResolvedParameters = new Map(),
  storedValue: StoredValue = () => undefined,
): ResolvedParameters {
  const texts = givenTexts(given, previous);
  const unknown = [...texts.keys()].filter((name) => !Object.hasOwn(template.Parameters, name));
  if (unknown.length > 0)
    throw validationError(`Parameters: [${unknown.join(', ')}] do not exist in the template`);
  for (const [name, { Default }] of Object.entries(template.Parameters)) {
    if (!texts.has(name) && Default !== undefined) texts.set(name, String(Default));
  }
  const missing = Object.keys(template.Parameters).filter((name) => !texts.has(name));
  if (missing.length > 0) throw validationError(`Parameters: [${missing.join(', ')}] must have values`);
  const resolved = new Map<string, ResolvedParameter>();
  for (const [name, text] of texts) {
    const definition = template.Parameters[name] ?? { Type: 'String' };
    check(name, text, definition);
    resolved.set(name, resolve(text, definition, storedValue));
  }
  return resolved;
}

/** Whether a parameter's value must not be shown. */
export function isNoEcho({ NoEcho }: ParameterDefinition): boolean {
  return String(NoEcho) === 'true';
}

/** What a list type's elements are: `AWS::EC2::Subnet::Id` of `List<AWS::EC2::Subnet::Id>`. */
export function elementType(type: string): string | undefined {
  if (type === 'CommaDelimitedList') return 'String';
  return /^List<(.+)>$/.exec(type)?.[1];
}

function givenTexts(given: readonly Parameter[], previous: ResolvedParameters): Map<string, string> {
  const texts = new Map<string, string>();
  for (const { ParameterKey: name = '', ParameterValue: value, UsePreviousValue: keep } of given) {
    const text = keep ? previous.get(name)?.text : value;
    if (keep && text === undefined) {
      throw validationError(`Invalid value for parameter ${name}: there is no previous value to use`);
    }
    if (text !== undefined) texts.set(name, text);
  }
  return texts;
}

/** Of what is stored, the name is checked and not the value. */
function check(name: string, text: string, definition: ParameterDefinition): void {
  const element = elementType(definition.Type);
  for (const item of element === undefined ? [text] : itemsOf(text)) {
    const broken = constraints
      .map((constraint) => constraint(item, definition, element ?? definition.Type))
      .find(Boolean);
    if (broken !== undefined) throw validationError(complaint(name, broken, definition));
  }
}

function resolve(text: string, definition: ParameterDefinition, storedValue: StoredValue): ResolvedParameter {
  const noEcho = isNoEcho(definition);
  const storedType = storedValueType(definition.Type);
  if (storedType === undefined) return { text, value: typed(text, definition.Type), noEcho };
  const stored = storedValue(text);
  if (stored === undefined) throw unableToFetch(text);
  return { text, value: typed(stored, storedType), noEcho, stored };
}

function typed(text: string, type: string): string | readonly string[] {
  return elementType(type) === undefined ? text : itemsOf(text);
}

function itemsOf(text: string): string[] {
  return text.split(',').map((item) => item.trim());
}

function complaint(
  name: string,
  broken: string,
  { ConstraintDescription: description }: ParameterDefinition,
): string {
  return description === undefined
    ? `Parameter '${name}' ${broken}`
    : `Parameter ${name} failed to satisfy constraint: ${description}`;
}

/** What is wrong with one value, if anything is. */
type Constraint = (text: string, definition: ParameterDefinition, type: string) => string | undefined;

const constraints: readonly Constraint[] = [
  (text, _definition, type) => {
    if (type !== 'Number') return undefined;
    return text.trim() === '' || Number.isNaN(Number(text)) ? 'must be a number.' : undefined;
  },
  (text, { AllowedValues: allowed }) =>
    allowed && !allowed.map(String).includes(text) ? 'must be one of AllowedValues' : undefined,
  (text, { AllowedPattern: pattern }) =>
    pattern !== undefined && !new RegExp(`^(?:${pattern})$`).test(text)
      ? `must match pattern ${pattern}`
      : undefined,
  (text, { MinLength: least }) =>
    least !== undefined && text.length < Number(least)
      ? `must contain at least ${least} characters`
      : undefined,
  (text, { MaxLength: most }) =>
    most !== undefined && text.length > Number(most) ? `must contain at most ${most} characters` : undefined,
  (text, { MinValue: least }) =>
    least !== undefined && Number(text) < Number(least)
      ? `must be a number not less than ${least}`
      : undefined,
  (text, { MaxValue: most }) =>
    most !== undefined && Number(text) > Number(most)
      ? `must be a number not greater than ${most}`
      : undefined,
];
