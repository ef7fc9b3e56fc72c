import { execute } from '../../../core/execute.ts';
import { apiGateway } from '../../../services/api-gateway/index.ts';
import { readText, requireText, toInput } from '../../properties.ts';
import {
  type ProvidedResource,
  type ResourceContext,
  ResourceFailure,
  type ResourceProvider,
} from '../../resource-provider.ts';
import { saysGone } from '../../says-gone.ts';
import { waitFor } from '../../waiting.ts';
import { tagMap } from '../tags.ts';

/** `AWS::ApiGateway::VpcLink` */
export const vpcLink: ResourceProvider = {
  createOnly: ['TargetArns'],

  async create(properties, context) {
    const tagged = { ...properties, Tags: tagMap(properties, context) };
    const input = toInput(apiGateway, 'CreateVpcLink', tagged);
    const { id = '' } = await execute(apiGateway, 'CreateVpcLink', input, context.call);
    context.initiated(id);
    return waitFor(() => available(id, context), { clock: context.cell.clock, signal: context.signal });
  },

  async update(vpcLinkId, properties, _previous, { call }) {
    const patchOperations = [
      { op: 'replace' as const, path: '/name', value: requireText(properties, 'Name') },
      { op: 'replace' as const, path: '/description', value: readText(properties, 'Description') ?? '' },
    ];
    await execute(apiGateway, 'UpdateVpcLink', { vpcLinkId, patchOperations }, call);
    return provided(vpcLinkId);
  },

  async delete(vpcLinkId, _properties, context) {
    await execute(apiGateway, 'DeleteVpcLink', { vpcLinkId }, context.call);
    await waitFor(() => gone(vpcLinkId, context), { clock: context.cell.clock, signal: context.signal });
  },
};

async function available(
  vpcLinkId: string,
  { call }: ResourceContext,
): Promise<ProvidedResource | undefined> {
  const { status, statusMessage } = await execute(apiGateway, 'GetVpcLink', { vpcLinkId }, call);
  if (status === 'FAILED') throw new ResourceFailure(`VPC link ${vpcLinkId} failed: ${statusMessage}`);
  return status === 'AVAILABLE' ? provided(vpcLinkId) : undefined;
}

/** A link is deleted in the background, and its load balancer is in use until then. */
async function gone(vpcLinkId: string, { call }: ResourceContext): Promise<true | undefined> {
  try {
    await execute(apiGateway, 'GetVpcLink', { vpcLinkId }, call);
    return undefined;
  } catch (error) {
    if (saysGone(error)) return true;
    throw error;
  }
}

function provided(vpcLinkId: string): ProvidedResource {
  return { physicalId: vpcLinkId, attributes: { VpcLinkId: vpcLinkId } };
}
