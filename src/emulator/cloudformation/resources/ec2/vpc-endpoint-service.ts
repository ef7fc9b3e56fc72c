import { execute } from '../../../core/execute.ts';
import { ec2 } from '../../../services/ec2/index.ts';
import { readText, readTexts, requireText } from '../../properties.ts';
import { type ProvidedResource, ResourceFailure, type ResourceProvider } from '../../resource-provider.ts';
import type { Properties } from '../../template/template.ts';
import { retag, tagSpecifications } from './tags.ts';

/** `AWS::EC2::VPCEndpointService` */
export const vpcEndpointService: ResourceProvider = {
  async create(properties, context) {
    const input = {
      NetworkLoadBalancerArns: [...readTexts(properties, 'NetworkLoadBalancerArns')],
      GatewayLoadBalancerArns: [...readTexts(properties, 'GatewayLoadBalancerArns')],
      AcceptanceRequired: asksFirst(properties),
      TagSpecifications: tagSpecifications('vpc-endpoint-service', properties, context),
    };
    const { ServiceConfiguration } = await execute(
      ec2,
      'CreateVpcEndpointServiceConfiguration',
      input,
      context.call,
    );
    return provided(ServiceConfiguration?.ServiceId ?? '');
  },

  async update(ServiceId, properties, previous, context) {
    const [desired, current] = [properties, previous].map((held) =>
      readTexts(held, 'NetworkLoadBalancerArns'),
    );
    const input = {
      ServiceId,
      AcceptanceRequired: asksFirst(properties),
      AddNetworkLoadBalancerArns: desired?.filter((arn) => !current?.includes(arn)),
      RemoveNetworkLoadBalancerArns: current?.filter((arn) => !desired?.includes(arn)),
    };
    await execute(ec2, 'ModifyVpcEndpointServiceConfiguration', input, context.call);
    await retag(ServiceId, properties, previous, context);
    return provided(ServiceId);
  },

  async delete(id, _properties, { call }) {
    const input = { ServiceIds: [id] };
    const { Unsuccessful: [failure] = [] } = await execute(
      ec2,
      'DeleteVpcEndpointServiceConfigurations',
      input,
      call,
    );
    if (failure && !failure.Error?.Code?.endsWith('.NotFound'))
      throw new ResourceFailure(failure.Error?.Message);
  },
};

/** `AWS::EC2::VPCEndpointServicePermissions` */
export const vpcEndpointServicePermissions: ResourceProvider = {
  createOnly: ['ServiceId'],

  async create(properties, { call }) {
    const ServiceId = requireText(properties, 'ServiceId');
    const AddAllowedPrincipals = [...readTexts(properties, 'AllowedPrincipals')];
    await execute(ec2, 'ModifyVpcEndpointServicePermissions', { ServiceId, AddAllowedPrincipals }, call);
    return { physicalId: ServiceId };
  },

  async update(ServiceId, properties, previous, { call }) {
    const [desired, current] = [properties, previous].map((held) => readTexts(held, 'AllowedPrincipals'));
    const input = {
      ServiceId,
      AddAllowedPrincipals: desired?.filter((principal) => !current?.includes(principal)),
      RemoveAllowedPrincipals: current?.filter((principal) => !desired?.includes(principal)),
    };
    await execute(ec2, 'ModifyVpcEndpointServicePermissions', input, call);
    return { physicalId: ServiceId };
  },

  async delete(ServiceId, properties, { call }) {
    const RemoveAllowedPrincipals = [...readTexts(properties, 'AllowedPrincipals')];
    await execute(ec2, 'ModifyVpcEndpointServicePermissions', { ServiceId, RemoveAllowedPrincipals }, call);
  },
};

function asksFirst(properties: Properties): boolean {
  return readText(properties, 'AcceptanceRequired') !== 'false';
}

function provided(physicalId: string): ProvidedResource {
  return { physicalId, attributes: { ServiceId: physicalId } };
}
