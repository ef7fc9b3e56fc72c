import type { ResourceProvider } from '../../resource-provider.ts';

/** `AWS::CloudFormation::WaitConditionHandle`: it is only there; nothing here waits for signals. */
export const waitConditionHandle: ResourceProvider = {
  async create(_properties, { cell, logicalId, stackName }) {
    const { endpoint } = cell.servers;
    return { physicalId: `${endpoint}/wait-conditions/${stackName}/${logicalId}` };
  },
  async delete() {},
};
