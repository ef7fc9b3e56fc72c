import { execute } from '../../../core/execute.ts';
import { apiGatewayV2 } from '../../../services/apigatewayv2/index.ts';
import { requireText, toInput } from '../../properties.ts';
import type { ResourceProvider } from '../../resource-provider.ts';
import { mappedTags } from './tags.ts';

/** `AWS::ApiGatewayV2::Stage` */
export const httpStage: ResourceProvider = {
  createOnly: ['ApiId', 'StageName'],

  async create(properties, context) {
    const tagged = { ...properties, Tags: mappedTags(properties, context) };
    const input = toInput(apiGatewayV2, 'CreateStage', tagged);
    const { StageName = '' } = await execute(apiGatewayV2, 'CreateStage', input, context.call);
    return { physicalId: StageName };
  },

  async update(physicalId, properties, _previous, { call }) {
    const input = toInput(apiGatewayV2, 'UpdateStage', properties, ['Tags']);
    await execute(apiGatewayV2, 'UpdateStage', input, call);
    return { physicalId };
  },

  async delete(StageName, properties, { call }) {
    await execute(apiGatewayV2, 'DeleteStage', { ApiId: requireText(properties, 'ApiId'), StageName }, call);
  },
};
