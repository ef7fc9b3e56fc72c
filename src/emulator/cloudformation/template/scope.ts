import { validationError } from '../validation-error.ts';
import { conditionsOf } from './conditions.ts';
import type { Scope } from './intrinsics.ts';
import type { ResolvedParameters } from './parameters.ts';
import { type StoredValue, unableToFetch } from './stored-values.ts';
import type { Template } from './template.ts';

/** Where a stack is, and what a template can learn of the account and region it is in. */
export interface Environment {
  account: string;
  region: string;
  stackId: string;
  stackName: string;
  notificationArns: readonly string[];
  availabilityZones: readonly string[];
  /** What the parameters of AWS-specific types name. */
  namedValues: NamedValues;
  /** Exports of the account and region, by name. */
  exports: ReadonlyMap<string, string>;
  storedValue: StoredValue;
}

/** By parameter: the VPCs, subnets or security groups that its value names. */
export type NamedValues = ReadonlyMap<string, readonly NamedValue[]>;

export interface NamedValue {
  id: string;
  /** None where there is no such thing. */
  attributes: Readonly<Record<string, string | undefined>> | undefined;
}

/** What `Ref` and `Fn::GetAtt` give for resources; `undefined` where there is no such resource. */
export interface ResourceValues {
  ref(logicalId: string): unknown;
  attribute(logicalId: string, attribute: string): unknown;
}

/** No resource exists: conditions, rules and parameters are evaluated before any does. */
export const noResources: ResourceValues = { ref: () => undefined, attribute: () => undefined };

/** A scope over a template's parameters, conditions and mappings, and over the resources of a stack. */
export function templateScope(
  template: Template,
  parameters: ResolvedParameters,
  environment: Environment,
  resources: ResourceValues,
): Scope {
  const pseudoParameters = pseudoParametersOf(environment);
  const scope: Scope = {
    ref(name) {
      const value = parameters.get(name)?.value ?? pseudoParameters[name] ?? resources.ref(name);
      if (value !== undefined) return value;
      throw validationError(`Template format error: Unresolved dependencies [${name}]`);
    },
    attribute(logicalId, attribute) {
      const value = resources.attribute(logicalId, attribute);
      if (value !== undefined) return value;
      throw validationError(
        `Template error: resource ${logicalId} does not support attribute type ${attribute} in Fn::GetAtt`,
      );
    },
    parameterAttribute(parameter, attribute) {
      const values = environment.namedValues.get(parameter)?.map(({ attributes }) => attributes?.[attribute]);
      return Array.isArray(parameters.get(parameter)?.value) ? values : values?.[0];
    },
    condition: conditionsOf(template, () => scope),
    mapping: (map, topLevelKey, secondLevelKey) => mapped(template, map, topLevelKey, secondLevelKey),
    availabilityZones(region) {
      if (region === '' || region === environment.region) return environment.availabilityZones;
      throw validationError(
        `Template error: Fn::GetAZs knows only ${environment.region} here, not ${region}`,
      );
    },
    importedValue(name) {
      const value = environment.exports.get(name);
      if (value !== undefined) return value;
      throw validationError(`No export named ${name} found.`);
    },
    storedValue(reference) {
      const value = environment.storedValue(reference);
      if (value !== undefined) return value;
      throw unableToFetch(reference);
    },
  };
  return scope;
}

function pseudoParametersOf(environment: Environment): Readonly<Record<string, unknown>> {
  return {
    'AWS::AccountId': environment.account,
    'AWS::NotificationARNs': environment.notificationArns,
    'AWS::Partition': 'aws',
    'AWS::Region': environment.region,
    'AWS::StackId': environment.stackId,
    'AWS::StackName': environment.stackName,
    'AWS::URLSuffix': 'amazonaws.com',
  };
}

function mapped({ Mappings }: Template, map: string, topLevelKey: string, secondLevelKey: string): unknown {
  const mapping = Mappings[map];
  if (!mapping) {
    throw validationError(
      `Template error: Mapping named '${map}' is not present in the 'Mappings' section of template.`,
    );
  }
  const value = mapping[topLevelKey]?.[secondLevelKey];
  if (value !== undefined) return value;
  throw validationError(
    `Template error: Unable to get mapping for ${map}::${topLevelKey}::${secondLevelKey}`,
  );
}
