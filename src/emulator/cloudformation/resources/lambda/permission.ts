import { execute } from '../../../core/execute.ts';
import { lambda } from '../../../services/lambda/index.ts';
import { requireText, toInput } from '../../properties.ts';
import type { ResourceProvider } from '../../resource-provider.ts';

const maxStatementIdLength = 100;

/** `AWS::Lambda::Permission` */
export const permission: ResourceProvider = {
  async create(properties, { call, physicalName }) {
    const StatementId = physicalName(maxStatementIdLength);
    const input = toInput(lambda, 'AddPermission', { ...properties, StatementId });
    await execute(lambda, 'AddPermission', input, call);
    return { physicalId: StatementId, attributes: { Id: StatementId } };
  },

  async delete(StatementId, properties, { call }) {
    const FunctionName = requireText(properties, 'FunctionName');
    await execute(lambda, 'RemovePermission', { FunctionName, StatementId }, call);
  },
};
