import type { IAM } from '@aws-sdk/client-iam';
import type { Operations, Service } from '../../core/service.ts';
import { instanceProfiles } from './instance-profiles.ts';
import { policies } from './policies.ts';
import { policyTags } from './policy-tags.ts';
import { policyVersions } from './policy-versions.ts';
import { rolePolicies } from './role-policies.ts';
import { roles } from './roles.ts';

export const iam: Service<Operations<IAM>> = {
  model: {
    signingName: 'iam',
    protocol: 'query',
    version: '2010-05-08',
    xmlNamespace: 'https://iam.amazonaws.com/doc/2010-05-08/',
    client: '@aws-sdk/client-iam',
  },
  operations: {
    ...roles,
    ...rolePolicies,
    ...policies,
    ...policyVersions,
    ...policyTags,
    ...instanceProfiles,
  },
};
