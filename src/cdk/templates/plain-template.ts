/** A template as CDK synthesizes it. */
export interface PlainTemplate extends Readonly<Record<string, unknown>> {
  readonly Description: string;
  readonly Metadata: { readonly 'AWS::CloudFormation::Interface': ConsoleInterface };
  readonly Outputs: Readonly<Record<string, { readonly Description: string }>>;
  readonly Parameters: Readonly<Record<string, PlainParameter>>;
  readonly Resources: Readonly<Record<string, object>>;
  readonly Rules: Readonly<Record<string, { readonly Assertions: { readonly AssertDescription: string }[] }>>;
}

export interface PlainParameter {
  readonly AllowedValues?: readonly string[];
  readonly ConstraintDescription?: string;
  readonly Default?: string | number;
  readonly Description: string;
  readonly MaxValue?: number;
  readonly MinValue?: number;
  readonly Type: string;
}

/** How the console arranges and names the parameters. */
export interface ConsoleInterface {
  readonly ParameterGroups: readonly {
    readonly Label: { readonly default: string };
    readonly Parameters: string[];
  }[];
  readonly ParameterLabels: Readonly<Record<string, { readonly default: string }>>;
}
