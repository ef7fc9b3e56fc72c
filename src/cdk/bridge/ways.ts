import { Duration } from 'aws-cdk-lib';
import type * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { Construct, IDependable } from 'constructs';
import { AddressSource } from '../sync/address-source.ts';
import { TargetGroupSync } from '../sync/target-group-sync.ts';
import { BridgeAdmission } from './admission.ts';
import type { ApiGatewayAlbBridgeProps } from './api-gateway-alb-bridge-props.ts';
import { albAsTarget, type BridgedAlb } from './bridged-alb.ts';
import { allowOut, type NlbIngress } from './ingress.ts';
import type { BridgeLinks } from './links.ts';
import type { BridgeNlb, NlbWay } from './nlb.ts';
import { originOf } from './origin.ts';
import type { BridgePath, NlbPath, Upstream } from './path.ts';
import { BridgeReady } from './ready.ts';
import { bridgeSyncOptions } from './sync-options.ts';

/** A way to the ALB by which an API can be led. */
export interface BridgeWay {
  /** What must be there before the API is led this way. */
  readonly ready: IDependable[];
  readonly upstream: Upstream;
}

export interface BridgeWaysProps {
  readonly alb: BridgedAlb;
  readonly bindingName: string;
  readonly bridge: ApiGatewayAlbBridgeProps;
  readonly links: BridgeLinks;
  /** None where all ways are `direct`. */
  readonly nlb?: BridgeNlb;
  readonly nlbIngress?: NlbIngress;
}

/** The ways from an API to the ALB. Each has its own listener, target group and gate, so that two can stand side by side. */
export class BridgeWays {
  #networkTargetGroup?: elbv2.NetworkTargetGroup;
  #readiness?: BridgeReady;
  #sync?: TargetGroupSync;
  readonly #props: BridgeWaysProps;
  readonly #scope: Construct;

  constructor(scope: Construct, props: BridgeWaysProps) {
    this.#scope = scope;
    this.#props = props;
  }

  /** The target group that follows the ALB, where a way has one. */
  get networkTargetGroup(): elbv2.NetworkTargetGroup | undefined {
    return this.#networkTargetGroup;
  }

  /** What keeps that group in step. */
  get sync(): TargetGroupSync | undefined {
    return this.#sync;
  }

  way(path: BridgePath): BridgeWay {
    const { nlb, nlbIngress } = this.#props;
    return path === 'direct' || !nlb || !nlbIngress
      ? this.#direct()
      : this.#throughNlb(path, nlb, nlbIngress);
  }

  /** Where a way has a gate, the former way stays until what is under way on it has ended. */
  holdFor(api: IDependable, path: BridgePath): void {
    const { drainTimeout = Duration.seconds(35) } = this.#props.bridge;
    this.#readiness?.requestsOf(api, { drainTimeout, upstream: path });
  }

  #direct(): BridgeWay {
    const { alb, bridge } = this.#props;
    const { listener, loadBalancer, port, securityGroup: to } = alb;
    const { securityGroup: from, vpcLink } = this.#props.links.v2();
    const admission = new BridgeAdmission(this.#scope, 'DirectAdmission', { description, from, port, to });
    const isEncrypted = bridge.albCertificate !== undefined;
    const upstream = {
      ...originOf({ host: loadBalancer.loadBalancerDnsName, isEncrypted, port }, bridge),
      connectionId: vpcLink.vpcLinkId,
      integrationTarget: loadBalancer.loadBalancerArn,
      listenerArn: listener?.listenerArn ?? '',
    };
    return { ready: [admission, vpcLink, ...(listener ? [listener] : [])], upstream };
  }

  #throughNlb(path: NlbPath, nlb: BridgeNlb, nlbIngress: NlbIngress): BridgeWay {
    const { alb, bridge, links } = this.#props;
    const nlbWay = nlb.way(path, path === 'alb-target' ? albAsTarget(alb) : undefined);
    const { listener, port, targetGroup } = nlbWay;
    const healthy = [listener, ...nlbIngress.admitTo(alb), ...(alb.listener ? [alb.listener] : [])];
    if (path === 'ip-sync') healthy.push(this.#keep(targetGroup));
    const gate = this.#gate().targetsOf(path === 'ip-sync' ? 'Addresses' : 'Alb', targetGroup);
    gate.node.addDependency(...healthy);
    const isEncrypted = bridge.nlbCertificate !== undefined || bridge.albCertificate !== undefined;
    const host = nlb.loadBalancer.loadBalancerDnsName;
    const leading = { ...originOf({ host, isEncrypted, port }, bridge), listenerArn: listener.listenerArn };
    if (bridge.apiType === 'HTTP') {
      const admissions = this.#admitLink(path, nlb, nlbWay);
      const { vpcLinkId } = links.v2().vpcLink;
      return { ready: [gate, ...admissions], upstream: { ...leading, connectionId: vpcLinkId } };
    }
    const vpcLink = links.v1(nlb.loadBalancer);
    return { ready: [gate, vpcLink], upstream: { ...leading, connectionId: vpcLink.vpcLinkId } };
  }

  #keep(targetGroup: elbv2.NetworkTargetGroup): TargetGroupSync {
    const { alb, bindingName, bridge } = this.#props;
    const { maxRemovals, minHealthyPercent } = bridge;
    this.#networkTargetGroup = targetGroup;
    this.#sync = new TargetGroupSync(this.#scope, 'Sync', {
      ...bridgeSyncOptions(bridge),
      bindingName: bridge.bindingName ?? bindingName,
      maxRemovals,
      minHealthyPercent,
      port: alb.port,
      source: AddressSource.loadBalancer(alb.loadBalancer, alb.reach),
      targetGroup,
    });
    return this.#sync;
  }

  /** A VPC link V2 comes from addresses of its own, which an ALB that is itself a target sees as they are. */
  #admitLink(path: NlbPath, nlb: BridgeNlb, { port }: NlbWay): IDependable[] {
    const { alb, links } = this.#props;
    const { securityGroup: from } = links.v2();
    const isAlb = path === 'alb-target';
    const id = `LinkTo${isAlb ? 'Alb' : ''}Nlb`;
    const toNlb = nlb.securityGroup
      ? new BridgeAdmission(this.#scope, id, { description, from, port, to: nlb.securityGroup })
      : // The addresses of an NLB without security groups are not known.
        allowOut(this.#scope, id, { description: 'The NLB of the API', from, port });
    if (!isAlb) return [toNlb];
    const { port: albPort, securityGroup: to } = alb;
    return [toNlb, new BridgeAdmission(this.#scope, 'LinkToAlb', { description, from, port: albPort, to })];
  }

  #gate(): BridgeReady {
    const { addressesCode: code, logRetention } = this.#props.bridge;
    this.#readiness ??= new BridgeReady(this.#scope, 'Ready', { code, logRetention });
    return this.#readiness;
  }
}

const description = 'The VPC link of the API';
