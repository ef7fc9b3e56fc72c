import type { EC2 } from '@aws-sdk/client-ec2';
import type { Operations, Service } from '../../core/service.ts';
import { accountAttributes } from './account-attributes.ts';
import { elasticIps } from './elastic-ips.ts';
import { endpointConnections } from './endpoint-connections.ts';
import { endpointServicePermissions } from './endpoint-service-permissions.ts';
import { endpointServices } from './endpoint-services.ts';
import { instances } from './instances.ts';
import { internetGateways } from './internet-gateways.ts';
import { launchTemplateVersions } from './launch-template-versions.ts';
import { launchTemplates } from './launch-templates.ts';
import { natGateways } from './nat-gateways.ts';
import { networkAclEntries } from './network-acl-entries.ts';
import { networkAcls } from './network-acls.ts';
import { networkInterfaces } from './network-interfaces.ts';
import { offeredEndpointServices } from './offered-endpoint-services.ts';
import { prefixLists } from './prefix-lists.ts';
import { routeTableAssociations } from './route-table-associations.ts';
import { routeTables } from './route-tables.ts';
import { routes } from './routes.ts';
import { ruleDescriptions } from './rule-descriptions.ts';
import { securityGroupRules } from './security-group-rules.ts';
import { securityGroups } from './security-groups.ts';
import { subnets } from './subnets.ts';
import { tags } from './tags.ts';
import { vpcCidrBlocks } from './vpc-cidr-blocks.ts';
import { vpcEndpoints } from './vpc-endpoints.ts';
import { vpcs } from './vpcs.ts';

export const ec2: Service<Operations<EC2>> = {
  model: {
    signingName: 'ec2',
    protocol: 'ec2-query',
    version: '2016-11-15',
    xmlNamespace: 'http://ec2.amazonaws.com/doc/2016-11-15/',
    client: '@aws-sdk/client-ec2',
  },
  operations: {
    ...vpcs,
    ...vpcCidrBlocks,
    ...subnets,
    ...accountAttributes,
    ...routeTables,
    ...routeTableAssociations,
    ...routes,
    ...internetGateways,
    ...natGateways,
    ...elasticIps,
    ...networkAcls,
    ...networkAclEntries,
    ...securityGroups,
    ...securityGroupRules,
    ...ruleDescriptions,
    ...prefixLists,
    ...instances,
    ...launchTemplates,
    ...launchTemplateVersions,
    ...networkInterfaces,
    ...vpcEndpoints,
    ...endpointServices,
    ...endpointServicePermissions,
    ...endpointConnections,
    ...offeredEndpointServices,
    ...tags,
  },
};
