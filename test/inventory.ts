import type { Cell } from '../src/emulator/index.ts';

/** How much of everything there is: what a stack must bring back to what it was. */
export function inventory(cell: Cell): Record<string, number> {
  return {
    vpcs: cell.network.vpcs.size,
    subnets: cell.network.subnets.size,
    interfaces: cell.network.interfaces.size,
    securityGroups: cell.network.securityGroups.size,
    networkAcls: cell.network.networkAcls.size,
    prefixLists: cell.network.prefixLists.size,
    internetGateways: cell.network.internetGateways.size,
    elasticIps: cell.network.elasticIps.size,
    natGateways: [...cell.network.natGateways.values()].filter(({ state }) => state !== 'deleted').length,
    routeTables: cell.network.routeTables.size,
    loadBalancers: cell.loadBalancing.loadBalancers.size,
    listeners: cell.loadBalancing.listeners.size,
    targetGroups: cell.loadBalancing.targetGroups.size,
    instances: [...cell.network.instances.values()].filter(({ state }) => state !== 'terminated').length,
    launchTemplates: cell.network.launchTemplates.size,
    autoScalingGroups: cell.autoScaling.groups.size,
    launchConfigurations: cell.autoScaling.launchConfigurations.size,
    functions: cell.functions.all.size,
    eventRules: cell.eventRules.all.size,
    eventSourceMappings: cell.eventSourceMappings.all.size,
    queues: cell.queues.all.size,
    roles: cell.identity.roles.size,
    instanceProfiles: cell.identity.instanceProfiles.size,
    policies: cell.identity.policies.size,
    logGroups: cell.logGroups.all.size,
    alarms: cell.alarms.all.size,
    dashboards: cell.dashboards.size,
    topics: cell.topics.all.size,
    restApis: cell.apis.restApis.size,
    vpcLinks: cell.apis.vpcLinks.size,
  };
}
