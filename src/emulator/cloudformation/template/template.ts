/** A CloudFormation template, in its own words; intrinsic functions are still in place. */
export interface Template {
  AWSTemplateFormatVersion?: string;
  Description?: string;
  Metadata?: Readonly<Record<string, unknown>>;
  Parameters: Readonly<Record<string, ParameterDefinition>>;
  Mappings: Readonly<Record<string, Mapping>>;
  Conditions: Readonly<Record<string, unknown>>;
  Rules: Readonly<Record<string, RuleDefinition>>;
  Resources: Readonly<Record<string, ResourceDefinition>>;
  Outputs: Readonly<Record<string, OutputDefinition>>;
}

export interface ParameterDefinition {
  Type: string;
  Default?: string | number | boolean;
  Description?: string;
  NoEcho?: boolean | string;
  AllowedValues?: readonly (string | number | boolean)[];
  AllowedPattern?: string;
  MinLength?: number | string;
  MaxLength?: number | string;
  MinValue?: number | string;
  MaxValue?: number | string;
  ConstraintDescription?: string;
}

export type Mapping = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

export interface RuleDefinition {
  RuleCondition?: unknown;
  Assertions: readonly { Assert: unknown; AssertDescription?: string }[];
}

export interface ResourceDefinition {
  Type: string;
  Properties?: Properties;
  DependsOn?: string | readonly string[];
  Condition?: string;
  DeletionPolicy?: string;
  UpdateReplacePolicy?: string;
  Metadata?: unknown;
}

export interface OutputDefinition {
  Value: unknown;
  Description?: string;
  Condition?: string;
  Export?: { Name: unknown };
}

/** Properties of a resource, as the template writes them or with their intrinsic functions resolved. */
export type Properties = Readonly<Record<string, unknown>>;

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
