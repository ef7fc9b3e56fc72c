import type { IResolvable } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Construct, type IDependable } from 'constructs';
import { AddressSource } from '../sync/address-source.ts';
import { AllowListSync } from '../sync/allow-list-sync.ts';
import { BridgeAdmission } from './admission.ts';
import type { ApiGatewayAlbBridgeProps } from './api-gateway-alb-bridge-props.ts';
import type { BridgedAlb } from './bridged-alb.ts';
import type { BridgeNlb } from './nlb.ts';
import type { BridgeIngress } from './path.ts';
import { PrivateIps } from './private-ips.ts';
import { bridgeSyncOptions } from './sync-options.ts';

/** What is to be admitted, where nothing is said. */
export function ingressOf(props: ApiGatewayAlbBridgeProps): BridgeIngress {
  const { applicationLoadBalancer, applicationLoadBalancerReach, ingress } = props;
  return (
    ingress ?? (applicationLoadBalancer && !applicationLoadBalancerReach ? 'security-group' : 'addresses')
  );
}

interface NlbIngressProps {
  readonly bridge: ApiGatewayAlbBridgeProps;
  readonly listenerPort: number;
  readonly nlb: BridgeNlb;
  readonly subnetIds: string[];
}

/** What lets the NLB into the ALB. */
export class NlbIngress {
  /** The whole list of rules for the security group of a new ALB, where it is to admit addresses. */
  readonly rules?: IResolvable;
  #sync?: AllowListSync;
  #admitted?: IDependable[];
  readonly #kind: BridgeIngress;
  readonly #props: NlbIngressProps;
  readonly #scope: Construct;

  constructor(scope: Construct, props: NlbIngressProps) {
    this.#scope = scope;
    this.#props = props;
    this.#kind = ingressOf(props.bridge);
    if (this.#kind === 'addresses' && !props.bridge.applicationLoadBalancer) this.rules = this.#readRules();
  }

  /** What keeps the addresses that the ALB admits in step, where something does. */
  get sync(): AllowListSync | undefined {
    return this.#sync;
  }

  /** What must be there for the NLB to reach the ALB. */
  admitTo(alb: BridgedAlb): IDependable[] {
    this.#admitted ??= [...this.#admitGroup(alb), ...this.#admitAddresses(alb)];
    return this.#admitted;
  }

  #readRules(): IResolvable {
    const { bridge, listenerPort, nlb, subnetIds } = this.#props;
    const { securityGroupIngress } = new PrivateIps(this.#scope, 'NlbAddresses', {
      code: bridge.addressesCode,
      listenerPort,
      loadBalancer: nlb.loadBalancer,
      logRetention: bridge.logRetention,
      subnetIds,
    });
    return securityGroupIngress;
  }

  /** Where the NLB has a security group, that judges what goes out. */
  #admitGroup({ port, reach, securityGroup: to }: BridgedAlb): IDependable[] {
    const { nlb } = this.#props;
    const from = nlb.securityGroup ?? nlb.loadBalancer.connections?.securityGroups[0];
    if (!from) return [];
    if (reach) return [allowOut(this.#scope, 'NlbEgress', { description: 'The ALB', from, port })];
    const description = 'The NLB of the API';
    return [new BridgeAdmission(this.#scope, 'NlbAdmission', { description, from, port, to })];
  }

  #admitAddresses(alb: BridgedAlb): IDependable[] {
    if (this.#kind === 'prefix-list') return this.#admitList(alb);
    if (this.#kind === 'security-group' || this.rules) return [];
    const { loadBalancer, port, reach, securityGroup } = alb;
    // Unlike the load balancer's ARN, the id of its security group says nothing of a region.
    const listReach = reach && { ...reach, region: reach.region ?? loadBalancer.env.region };
    this.#sync = this.#keep({ listReach, port, securityGroup });
    return [this.#sync];
  }

  #admitList({ port, securityGroup }: BridgedAlb): IDependable[] {
    const scope = new Construct(this.#scope, 'NlbList');
    const prefixList = new ec2.PrefixList(scope, 'Resource', {
      addressFamily: ec2.AddressFamily.IP_V4,
      maxEntries: this.#props.bridge.prefixListMaxEntries ?? 10,
    });
    this.#sync = this.#keep({ prefixList });
    const ingress = new ec2.CfnSecurityGroupIngress(scope, 'Ingress', {
      description: 'The addresses of the NLB',
      fromPort: port,
      groupId: securityGroup.securityGroupId,
      ipProtocol: 'tcp',
      sourcePrefixListId: prefixList.prefixListId,
      toPort: port,
    });
    return [this.#sync, ingress];
  }

  #keep(list: Omit<ConstructorParameters<typeof AllowListSync>[2], 'source'>): AllowListSync {
    return new AllowListSync(this.#scope, 'NlbIngress', {
      ...bridgeSyncOptions(this.#props.bridge),
      ...list,
      source: AddressSource.loadBalancer(this.#props.nlb.loadBalancer),
    });
  }
}

interface Way {
  readonly description: string;
  readonly from: ec2.ISecurityGroup;
  readonly port: number;
}

/** To any address, where those that are meant are not known. */
export function allowOut(scope: Construct, id: string, { description, from, port }: Way): IDependable {
  return new ec2.CfnSecurityGroupEgress(scope, id, {
    cidrIp: '0.0.0.0/0',
    description,
    fromPort: port,
    groupId: from.securityGroupId,
    ipProtocol: 'tcp',
    toPort: port,
  });
}
