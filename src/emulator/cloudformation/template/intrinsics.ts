import { validationError } from '../validation-error.ts';
import { cidrBlocks } from './cidr.ts';
import { isRecord } from './template.ts';

/** What the functions of a template can ask about: where they are evaluated. */
export interface Scope {
  /** What `Ref` gives for a parameter, a pseudo parameter or a resource. */
  ref(name: string): unknown;
  attribute(logicalId: string, attribute: string): unknown;
  /** An attribute of what a parameter of an AWS-specific type names: a list where the parameter is one. */
  parameterAttribute(parameter: string, attribute: string): unknown;
  condition(name: string): boolean;
  mapping(map: string, topLevelKey: string, secondLevelKey: string): unknown;
  availabilityZones(region: string): readonly string[];
  importedValue(exportName: string): unknown;
  /** What the parameter store has; the reference may name a version. */
  storedValue(reference: string): string;
}

/** What `AWS::NoValue` is until the property or list member that holds it is removed. */
const noValue = Symbol('AWS::NoValue');

type Intrinsic = (argument: unknown, scope: Scope) => unknown;

const intrinsics: Readonly<Record<string, Intrinsic>> = {
  Ref: (name, scope) => (name === 'AWS::NoValue' ? noValue : scope.ref(text(name, 'Ref'))),
  'Fn::GetAtt': getAtt,
  'Fn::Sub': sub,
  'Fn::Join': join,
  'Fn::Split': split,
  'Fn::Select': select,
  'Fn::If': choose,
  'Fn::FindInMap': findInMap,
  'Fn::GetAZs': (region, scope) => scope.availabilityZones(text(evaluate(region, scope), 'Fn::GetAZs')),
  'Fn::Base64': base64,
  'Fn::Cidr': cidr,
  'Fn::ValueOf': parameterAttribute,
  'Fn::ImportValue': (name, scope) => scope.importedValue(text(evaluate(name, scope), 'Fn::ImportValue')),
};

/**
 * The value with every function in it resolved; `undefined` where all of it is `AWS::NoValue`.
 *
 * @throws AwsError `ValidationError`, in CloudFormation's words
 */
export function evaluate(value: unknown, scope: Scope): unknown {
  const result = evaluateWithin(value, scope);
  return result === noValue ? undefined : result;
}

function evaluateWithin(value: unknown, scope: Scope): unknown {
  if (Array.isArray(value))
    return value.map((item) => evaluateWithin(item, scope)).filter((item) => item !== noValue);
  if (!isRecord(value)) return value;
  const intrinsic = intrinsicCall(value);
  if (intrinsic) return intrinsicNamed(intrinsic.name)(intrinsic.argument, scope);
  const entries = Object.entries(value).map(([key, item]) => [key, evaluateWithin(item, scope)] as const);
  return Object.fromEntries(entries.filter(([, item]) => item !== noValue));
}

/** The function that an object stands for: its only key is `Ref` or starts with `Fn::`. */
export function intrinsicCall(
  value: Readonly<Record<string, unknown>>,
): { name: string; argument: unknown } | undefined {
  const [name, ...others] = Object.keys(value);
  if (name === undefined || others.length > 0) return undefined;
  return name === 'Ref' || name.startsWith('Fn::') ? { name, argument: value[name] } : undefined;
}

function intrinsicNamed(name: string): Intrinsic {
  const intrinsic = intrinsics[name];
  if (intrinsic) return intrinsic;
  const supported = Object.keys(intrinsics).filter((known) => known !== 'Ref');
  throw templateError(
    `Encountered unsupported function: ${name} Supported functions are: [${supported.join(', ')}]`,
  );
}

/** `[logicalId, attribute]` of a `Fn::GetAtt` in its list or its dotted form; the attribute may be a `Ref`. */
export function getAttArguments(argument: unknown): [logicalId: string, attribute: unknown] {
  const parts = typeof argument === 'string' ? splitOnce(argument, '.') : argument;
  if (!Array.isArray(parts) || parts.length !== 2 || typeof parts[0] !== 'string' || parts[1] === undefined) {
    throw templateError(
      'every Fn::GetAtt object requires two non-empty parameters, the resource name and the resource attribute',
    );
  }
  return [parts[0], parts[1]];
}

function getAtt(argument: unknown, scope: Scope): unknown {
  const [logicalId, attribute] = getAttArguments(argument);
  return scope.attribute(logicalId, text(evaluate(attribute, scope), 'Fn::GetAtt'));
}

/** The text of a `Fn::Sub` and the variables given with it. */
export function subArguments(
  argument: unknown,
): [template: string, variables: Readonly<Record<string, unknown>>] {
  const [template, variables = {}] = Array.isArray(argument) ? argument : [argument];
  if (typeof template !== 'string' || !isRecord(variables)) {
    throw templateError(
      "One or more Fn::Sub intrinsic functions don't specify expected arguments. Specify a string as first argument, and an optional second argument to specify a mapping of values to replace in the string",
    );
  }
  return [template, variables];
}

/** `${Name}` and `${Name.Attribute}`; `${!Literal}` is text. */
export const subVariable: RegExp = /\$\{([^!${}][^${}]*)\}/g;

function sub(argument: unknown, scope: Scope): string {
  const [template, variables] = subArguments(argument);
  return template
    .replace(subVariable, (_match, variable: string) =>
      text(subValue(variable.trim(), variables, scope), 'Fn::Sub'),
    )
    .replace(/\$\{!([^${}]*)\}/g, (_match, literal: string) => `\${${literal}}`);
}

function subValue(name: string, variables: Readonly<Record<string, unknown>>, scope: Scope): unknown {
  if (Object.hasOwn(variables, name)) return evaluate(variables[name], scope);
  const [logicalId, attribute] = splitOnce(name, '.');
  return attribute === undefined ? scope.ref(name) : scope.attribute(logicalId, attribute);
}

function join(argument: unknown, scope: Scope): string {
  const [delimiter, list] = evaluatedPair(argument, scope);
  if (typeof delimiter !== 'string' || !Array.isArray(list)) {
    throw templateError(
      'every Fn::Join object requires two parameters, (1) a string delimiter and (2) a list of strings to be joined or a function that returns a list of strings (such as Fn::GetAZs) to be joined.',
    );
  }
  return list.map((item) => text(item, 'Fn::Join')).join(delimiter);
}

function split(argument: unknown, scope: Scope): string[] {
  const [delimiter, whole] = evaluatedPair(argument, scope);
  if (typeof delimiter !== 'string' || typeof whole !== 'string') {
    throw templateError(
      'every Fn::Split object requires two parameters, (1) a string delimiter and (2) a string to be split or a function that returns a string to be split.',
    );
  }
  return whole.split(delimiter);
}

function select(argument: unknown, scope: Scope): unknown {
  const [index, list] = evaluatedPair(argument, scope);
  if (!/^\d+$/.test(String(index)) || !Array.isArray(list)) {
    throw templateError('Fn::Select requires a list argument with two elements: an integer index and a list');
  }
  const item = list[Number(index)];
  if (item === undefined)
    throw templateError(`Fn::Select cannot select nonexistent value at index ${String(index)}`);
  return item;
}

function choose(argument: unknown, scope: Scope): unknown {
  if (!Array.isArray(argument) || argument.length !== 3 || typeof argument[0] !== 'string') {
    throw templateError('Fn::If requires a list argument with three elements');
  }
  return evaluateWithin(scope.condition(argument[0]) ? argument[1] : argument[2], scope);
}

function findInMap(argument: unknown, scope: Scope): unknown {
  const keys = Array.isArray(argument)
    ? argument.map((key) => text(evaluate(key, scope), 'Fn::FindInMap'))
    : [];
  const [map, topLevelKey, secondLevelKey] = keys;
  if (map === undefined || topLevelKey === undefined || secondLevelKey === undefined || keys.length > 3) {
    throw templateError(
      'every Fn::FindInMap object requires three parameters, the map name, map key and the attribute for return value',
    );
  }
  return scope.mapping(map, topLevelKey, secondLevelKey);
}

/** Of use in rules alone. */
function parameterAttribute(argument: unknown, scope: Scope): unknown {
  const [parameter, attribute] = evaluatedPair(argument, scope);
  const value = scope.parameterAttribute(text(parameter, 'Fn::ValueOf'), text(attribute, 'Fn::ValueOf'));
  if (value !== undefined) return value;
  throw templateError(`Fn::ValueOf cannot tell ${String(attribute)} of parameter ${String(parameter)}`);
}

function base64(argument: unknown, scope: Scope): string {
  const plain = evaluate(argument, scope);
  if (typeof plain !== 'string')
    throw templateError('every Fn::Base64 object must have a String-typed value.');
  return btoa(String.fromCharCode(...new TextEncoder().encode(plain)));
}

function cidr(argument: unknown, scope: Scope): string[] {
  const [block, count, cidrBits] = Array.isArray(argument)
    ? argument.map((item) => evaluate(item, scope))
    : [];
  const blocks = cidrBlocks(
    String(block),
    Number(count),
    cidrBits === undefined ? undefined : Number(cidrBits),
  );
  if (blocks) return blocks;
  throw templateError(
    `Fn::Cidr cannot give ${String(count)} blocks of ${String(cidrBits)} bits within ${String(block)}`,
  );
}

function evaluatedPair(argument: unknown, scope: Scope): unknown[] {
  return Array.isArray(argument) && argument.length === 2
    ? argument.map((item) => evaluate(item, scope))
    : [];
}

function text(value: unknown, intrinsic: string): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw templateError(`${intrinsic} requires a string, got ${JSON.stringify(value) ?? 'nothing'}`);
}

function splitOnce(whole: string, separator: string): [string, string?] {
  const at = whole.indexOf(separator);
  return at < 0 ? [whole] : [whole.slice(0, at), whole.slice(at + 1)];
}

function templateError(problem: string): ReturnType<typeof validationError> {
  return validationError(`Template error: ${problem}`);
}
