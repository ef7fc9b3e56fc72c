import { execute } from '../../../core/execute.ts';
import { s3 } from '../../../services/s3/index.ts';
import { readText } from '../../properties.ts';
import {
  type ProvidedResource,
  type ResourceContext,
  ResourceFailure,
  type ResourceProvider,
} from '../../resource-provider.ts';

const maxNameLength = 63;
const known = ['BucketName', 'Tags'];

/** `AWS::S3::Bucket` */
export const bucket: ResourceProvider = {
  async create(properties, context) {
    const unknown = Object.keys(properties).find((name) => !known.includes(name));
    if (unknown !== undefined)
      throw new ResourceFailure(`${unknown} of a bucket is not supported by this local AWS`);
    const Bucket = readText(properties, 'BucketName') ?? context.physicalName(maxNameLength).toLowerCase();
    await execute(s3, 'CreateBucket', { Bucket }, context.call);
    return provided(Bucket, context);
  },

  async delete(Bucket, _properties, { call }) {
    await execute(s3, 'DeleteBucket', { Bucket }, call);
  },
};

function provided(name: string, { cell }: ResourceContext): ProvidedResource {
  return {
    physicalId: name,
    attributes: {
      Arn: `arn:aws:s3:::${name}`,
      DomainName: `${name}.s3.amazonaws.com`,
      RegionalDomainName: `${name}.s3.${cell.region}.amazonaws.com`,
    },
  };
}
