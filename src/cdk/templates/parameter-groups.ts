import type { CfnParameter, Stack } from 'aws-cdk-lib';

/** Parameters that belong together, each with the label that the console shows. */
export interface ParameterGroup {
  readonly label: string;
  readonly parameters: readonly (readonly [parameter: CfnParameter, label: string])[];
}

/** Tells the console how to arrange and name the parameters (`AWS::CloudFormation::Interface`). */
export function arrangeParameters(stack: Stack, groups: readonly ParameterGroup[]): void {
  const labels = groups.flatMap(({ parameters }) =>
    parameters.map(([parameter, label]) => [parameter.logicalId, { default: label }]),
  );
  stack.addMetadata('AWS::CloudFormation::Interface', {
    ParameterGroups: groups.map(({ label, parameters }) => ({
      Label: { default: label },
      Parameters: parameters.map(([parameter]) => parameter.logicalId),
    })),
    ParameterLabels: Object.fromEntries(labels),
  });
}
