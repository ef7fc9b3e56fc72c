import type { Capability } from '@aws-sdk/client-cloudformation';
import { AwsError } from '../../core/aws-error.ts';
import type { Template } from './template.ts';

/** Types that grant permissions, and the property that names each of them. */
const nameProperties: Readonly<Record<string, string | undefined>> = {
  'AWS::IAM::AccessKey': undefined,
  'AWS::IAM::Group': 'GroupName',
  'AWS::IAM::InstanceProfile': 'InstanceProfileName',
  'AWS::IAM::ManagedPolicy': 'ManagedPolicyName',
  'AWS::IAM::Policy': undefined,
  'AWS::IAM::Role': 'RoleName',
  'AWS::IAM::User': 'UserName',
  'AWS::IAM::UserToGroupAddition': undefined,
};

export interface RequiredCapabilities {
  capabilities: Capability[];
  /** The types of the resources that require them. */
  types: string[];
}

export function requiredCapabilities({ Resources }: Template): RequiredCapabilities {
  const granting = Object.values(Resources).filter(({ Type }) => Object.hasOwn(nameProperties, Type));
  const named = granting.some(({ Type, Properties = {} }) => {
    const property = nameProperties[Type];
    return property !== undefined && Properties[property] !== undefined;
  });
  const capability = named ? 'CAPABILITY_NAMED_IAM' : 'CAPABILITY_IAM';
  return {
    capabilities: granting.length > 0 ? [capability] : [],
    types: [...new Set(granting.map(({ Type }) => Type))],
  };
}

/** @throws AwsError `InsufficientCapabilitiesException` where the template requires what was not acknowledged */
export function checkCapabilities(template: Template, acknowledged: readonly Capability[]): void {
  const { capabilities } = requiredCapabilities(template);
  const missing = capabilities.filter(
    (capability) => !acknowledged.includes(capability) && !acknowledged.includes('CAPABILITY_NAMED_IAM'),
  );
  if (missing.length > 0) {
    throw new AwsError(
      'InsufficientCapabilitiesException',
      `Requires capabilities : [${missing.join(', ')}]`,
    );
  }
}
