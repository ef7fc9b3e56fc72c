import { readText } from '../../properties.ts';
import { type ProvidedResource, ResourceFailure, type ResourceProvider } from '../../resource-provider.ts';

const maxNameLength = 256;

/**
 * `AWS::ECR::Repository`: a name that is taken, for stacks (the CDK's bootstrap) that have one and need no images.
 * There is no registry here.
 */
export const repository: ResourceProvider = {
  createOnly: ['RepositoryName', 'EncryptionConfiguration'],

  async create(properties, { cell, physicalName }) {
    const name = readText(properties, 'RepositoryName') ?? physicalName(maxNameLength).toLowerCase();
    if (cell.repositories.has(name)) {
      throw new ResourceFailure(
        `Resource of type 'AWS::ECR::Repository' with identifier '${name}' already exists.`,
      );
    }
    cell.repositories.add(name);
    return describe(name, cell);
  },

  async update(name, _properties, _previous, { cell }) {
    return describe(name, cell);
  },

  async delete(name, _properties, { cell }) {
    cell.repositories.delete(name);
  },
};

function describe(name: string, { account, region }: { account: string; region: string }): ProvidedResource {
  return {
    physicalId: name,
    attributes: {
      Arn: `arn:aws:ecr:${region}:${account}:repository/${name}`,
      RepositoryUri: `${account}.dkr.ecr.${region}.amazonaws.com/${name}`,
    },
  };
}
