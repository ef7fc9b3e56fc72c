import { execute } from '../../../core/execute.ts';
import { s3 } from '../../../services/s3/index.ts';
import { requireText } from '../../properties.ts';
import type { ResourceContext, ResourceProvider } from '../../resource-provider.ts';
import type { Properties } from '../../template/template.ts';
import { policyDocument } from '../iam/policy-document.ts';

/** `AWS::S3::BucketPolicy`: kept and told, not applied. */
export const bucketPolicy: ResourceProvider = {
  createOnly: ['Bucket'],
  create: (properties, context) => put(properties, context),
  update: (_bucket, properties, _previous, context) => put(properties, context),
  async delete(Bucket, _properties, { call }) {
    await execute(s3, 'DeleteBucketPolicy', { Bucket }, call);
  },
};

async function put(properties: Properties, { call }: ResourceContext): Promise<{ physicalId: string }> {
  const Bucket = requireText(properties, 'Bucket');
  const Policy = policyDocument(properties, 'PolicyDocument');
  await execute(s3, 'PutBucketPolicy', { Bucket, Policy }, call);
  return { physicalId: Bucket };
}
