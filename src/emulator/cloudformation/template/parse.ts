import { validationError } from '../validation-error.ts';
import { isRecord, type Template } from './template.ts';
import { parseYaml } from './yaml.ts';

const sections = new Set([
  'AWSTemplateFormatVersion',
  'Description',
  'Metadata',
  'Parameters',
  'Mappings',
  'Conditions',
  'Rules',
  'Resources',
  'Outputs',
]);

const resourceAttributes = new Set([
  'Type',
  'Properties',
  'DependsOn',
  'Condition',
  'CreationPolicy',
  'DeletionPolicy',
  'Metadata',
  'UpdatePolicy',
  'UpdateReplacePolicy',
  // Custom resources may say which version of theirs they want: it's for people, and changes nothing.
  'Version',
]);

const parameterType = /^(String|Number|CommaDelimitedList|List<(Number|String|AWS::[\w:]+)>|AWS::[\w:<>]+)$/;

const deletionPolicies = new Set(['Delete', 'Retain', 'RetainExceptOnCreate', 'Snapshot']);

/**
 * Reads a template, JSON or YAML, and checks its form; what it refers to is checked by `validateTemplate`.
 *
 * @throws AwsError `ValidationError`, in CloudFormation's words
 */
export function parseTemplate(text: string): Template {
  const document = readText(text);
  if (!isRecord(document)) throw formatError('unsupported structure.');
  checkSections(document);
  for (const [logicalId, resource] of Object.entries(document.Resources as object))
    checkResource(logicalId, resource);
  for (const [name, parameter] of Object.entries(document.Parameters ?? {})) checkParameter(name, parameter);
  for (const [name, output] of Object.entries(document.Outputs ?? {})) checkOutput(name, output);
  return {
    Parameters: {},
    Mappings: {},
    Conditions: {},
    Rules: {},
    Outputs: {},
    ...document,
  } as unknown as Template;
}

function readText(text: string): unknown {
  const isJson = text.trimStart().startsWith('{');
  try {
    return isJson ? JSON.parse(text) : parseYaml(text);
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    throw formatError(`${isJson ? 'JSON' : 'YAML'} not well-formed. (${problem})`);
  }
}

function checkSections(document: Readonly<Record<string, unknown>>): void {
  if (document.Transform !== undefined) {
    throw validationError(
      `Transforms are not supported by this local AWS: [${[document.Transform].flat().join(', ')}]`,
    );
  }
  const unknown = Object.keys(document).filter((name) => !sections.has(name));
  if (unknown.length > 0)
    throw validationError(`Invalid template property or properties [${unknown.join(', ')}]`);
  for (const [name, section] of Object.entries(document)) {
    if (name === 'AWSTemplateFormatVersion' || name === 'Description') continue;
    if (!isRecord(section)) throw formatError(`[/${name}] Every ${name} section must be an object.`);
  }
  if (Object.keys(document.Resources ?? {}).length === 0) {
    throw formatError('At least one Resources member must be defined.');
  }
}

function checkResource(logicalId: string, resource: unknown): void {
  if (!/^[A-Za-z0-9]+$/.test(logicalId)) throw formatError(`Resource name ${logicalId} is non alphanumeric.`);
  if (!isRecord(resource)) throw formatError(`[/Resources/${logicalId}] resource definition is malformed`);
  if (typeof resource.Type !== 'string') {
    throw formatError(`[/Resources/${logicalId}] Every Resources object must contain a Type member.`);
  }
  const unknown = Object.keys(resource).find((name) => !resourceAttributes.has(name));
  if (unknown !== undefined) throw validationError(`Invalid template resource property '${unknown}'`);
  if (resource.Properties !== undefined && !isRecord(resource.Properties)) {
    throw formatError(`[/Resources/${logicalId}/Properties] 'null' values are not allowed in templates`);
  }
  for (const policy of ['DeletionPolicy', 'UpdateReplacePolicy']) {
    const value = resource[policy];
    if (value !== undefined && !deletionPolicies.has(String(value))) {
      throw formatError(`Unrecognized ${policy} ${String(value)} for resource ${logicalId}`);
    }
  }
}

function checkParameter(name: string, parameter: unknown): void {
  if (!isRecord(parameter) || typeof parameter.Type !== 'string') {
    throw formatError(`Every Parameters object must contain a Type member: ${name}`);
  }
  const type = parameter.Type;
  if (!parameterType.test(type)) throw formatError(`Unrecognized parameter type: ${type}`);
}

function checkOutput(name: string, output: unknown): void {
  if (!isRecord(output) || output.Value === undefined) {
    throw formatError(`Output ${name} is malformed. The Value member must be specified.`);
  }
}

function formatError(problem: string): ReturnType<typeof validationError> {
  return validationError(`Template format error: ${problem}`);
}
