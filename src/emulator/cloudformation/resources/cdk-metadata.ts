import type { ResourceProvider } from '../resource-provider.ts';

/** `AWS::CDK::Metadata`: says which constructs a template came from, and makes nothing. */
export const cdkMetadata: ResourceProvider = {
  create: async (_properties, { physicalName }) => ({ physicalId: physicalName(128) }),
  update: async (physicalId) => ({ physicalId }),
  delete: async () => {},
};
