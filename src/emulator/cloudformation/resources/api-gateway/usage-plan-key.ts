import { execute } from '../../../core/execute.ts';
import { apiGateway } from '../../../services/api-gateway/index.ts';
import { requireText, toInput } from '../../properties.ts';
import type { ResourceProvider } from '../../resource-provider.ts';

/** `AWS::ApiGateway::UsagePlanKey`, known as `<key id>:<plan id>` */
export const usagePlanKey: ResourceProvider = {
  async create(properties, { call }) {
    const input = toInput(apiGateway, 'CreateUsagePlanKey', properties);
    await execute(apiGateway, 'CreateUsagePlanKey', input, call);
    const id = `${input.keyId}:${input.usagePlanId}`;
    return { physicalId: id, attributes: { Id: id } };
  },

  async delete(_physicalId, properties, { call }) {
    const [usagePlanId, keyId] = [requireText(properties, 'UsagePlanId'), requireText(properties, 'KeyId')];
    await execute(apiGateway, 'DeleteUsagePlanKey', { usagePlanId, keyId }, call);
  },
};
