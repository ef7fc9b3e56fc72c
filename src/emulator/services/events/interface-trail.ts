import type { Cell } from '../../core/cell.ts';
import { uuid } from '../../core/random.ts';
import { createEvent } from '../../world/events/event.ts';
import type { InterfaceCall } from '../../world/load-balancing/interface-calls.ts';
import { publish } from './publish.ts';

/** From a call to its event; AWS says seconds to minutes. */
const deliveryMs = 5000;

const elb = 'elasticloadbalancing.amazonaws.com';

/** Sends load balancers' calls about their interfaces to EventBridge, as where CloudTrail logs management events. */
export function followInterfaces(cell: Cell): void {
  cell.fleet.interfaceCalls.subscribe((call) => {
    const time = cell.clock.now();
    cell.clock.after(deliveryMs, () => {
      if (cell.eventRules.closed || !hasPatterns(cell)) return;
      publish(
        cell,
        createEvent(cell, {
          detailType: 'AWS API Call via CloudTrail',
          source: 'aws.ec2',
          resources: [],
          detail: detail(cell, call, time),
        }),
      );
    });
  });
}

/** Without a rule that could match, no event is made, so that it takes nothing from what is random. */
function hasPatterns({ eventRules }: Cell): boolean {
  return [...eventRules.all.values()].some(({ eventPattern }) => eventPattern !== undefined);
}

function detail(cell: Cell, { operation, interface: eni }: InterfaceCall, time: number): object {
  const { account, region, random } = cell;
  const session = 'ElasticLoadBalancing';
  return {
    eventVersion: '1.09',
    userIdentity: {
      type: 'AssumedRole',
      arn: `arn:aws:sts::${account}:assumed-role/AWSServiceRoleForElasticLoadBalancing/${session}`,
      accountId: account,
      invokedBy: elb,
    },
    eventTime: new Date(time).toISOString().replace(/\.\d+Z$/, 'Z'),
    eventSource: 'ec2.amazonaws.com',
    eventName: operation,
    awsRegion: region,
    sourceIPAddress: elb,
    userAgent: elb,
    requestParameters:
      operation === 'CreateNetworkInterface'
        ? {
            subnetId: eni.subnetId,
            description: eni.description,
            groupSet: { items: eni.securityGroupIds.map((groupId) => ({ groupId })) },
            privateIpAddressesSet: {},
          }
        : { networkInterfaceId: eni.id },
    responseElements:
      operation === 'CreateNetworkInterface'
        ? { networkInterface: { networkInterfaceId: eni.id, subnetId: eni.subnetId, vpcId: eni.vpcId } }
        : { _return: true },
    requestID: uuid(random),
    eventID: uuid(random),
    readOnly: false,
    eventType: 'AwsApiCall',
    managementEvent: true,
    recipientAccountId: account,
    eventCategory: 'Management',
  };
}
