import { execute } from '../../../core/execute.ts';
import { apiGatewayV2 } from '../../../services/apigatewayv2/index.ts';
import { requireText, toInput } from '../../properties.ts';
import {
  type ProvidedResource,
  type ResourceContext,
  ResourceFailure,
  type ResourceProvider,
} from '../../resource-provider.ts';
import { saysGone } from '../../says-gone.ts';
import { waitFor } from '../../waiting.ts';
import { mappedTags } from './tags.ts';

/** `AWS::ApiGatewayV2::VpcLink` */
export const privateLink: ResourceProvider = {
  createOnly: ['SecurityGroupIds', 'SubnetIds'],

  async create(properties, context) {
    const tagged = { ...properties, Tags: mappedTags(properties, context) };
    const input = toInput(apiGatewayV2, 'CreateVpcLink', tagged);
    const { VpcLinkId = '' } = await execute(apiGatewayV2, 'CreateVpcLink', input, context.call);
    context.initiated(VpcLinkId);
    return waitFor(() => available(VpcLinkId, context), {
      clock: context.cell.clock,
      signal: context.signal,
    });
  },

  async update(VpcLinkId, properties, _previous, { call }) {
    const Name = requireText(properties, 'Name');
    await execute(apiGatewayV2, 'UpdateVpcLink', { VpcLinkId, Name }, call);
    return provided(VpcLinkId);
  },

  async delete(VpcLinkId, _properties, context) {
    await execute(apiGatewayV2, 'DeleteVpcLink', { VpcLinkId }, context.call);
    await waitFor(() => gone(VpcLinkId, context), { clock: context.cell.clock, signal: context.signal });
  },
};

async function available(
  VpcLinkId: string,
  { call }: ResourceContext,
): Promise<ProvidedResource | undefined> {
  const link = await execute(apiGatewayV2, 'GetVpcLink', { VpcLinkId }, call);
  if (link.VpcLinkStatus === 'FAILED') {
    throw new ResourceFailure(`VPC link ${VpcLinkId} failed: ${link.VpcLinkStatusMessage}`);
  }
  return link.VpcLinkStatus === 'AVAILABLE' ? provided(VpcLinkId) : undefined;
}

/** Its interfaces hold its security groups until it is gone. */
async function gone(VpcLinkId: string, { call }: ResourceContext): Promise<true | undefined> {
  try {
    await execute(apiGatewayV2, 'GetVpcLink', { VpcLinkId }, call);
    return undefined;
  } catch (error) {
    if (saysGone(error)) return true;
    throw error;
  }
}

function provided(VpcLinkId: string): ProvidedResource {
  return { physicalId: VpcLinkId, attributes: { VpcLinkId } };
}
