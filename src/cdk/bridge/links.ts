import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import type * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Construct } from 'constructs';
import { BridgeLink } from './link.ts';
import type { BridgeNetwork } from './network.ts';

/** The VPC links of a bridge, each made for the first way that asks. */
export class BridgeLinks {
  #v1?: apigateway.VpcLink;
  #v2?: BridgeLink;
  readonly #scope: Construct;
  readonly #network: BridgeNetwork;
  readonly #vpcLinkName: string;

  constructor(
    scope: Construct,
    { network, vpcLinkName }: { readonly network: BridgeNetwork; readonly vpcLinkName: string },
  ) {
    this.#scope = scope;
    this.#network = network;
    this.#vpcLinkName = vpcLinkName;
  }

  /** The one to the NLB, if a way has asked for it. */
  get toNlb(): apigateway.VpcLink | undefined {
    return this.#v1;
  }

  /** The one of the second version, if a way has asked for it. */
  get ofV2(): BridgeLink | undefined {
    return this.#v2;
  }

  v1(loadBalancer: elbv2.INetworkLoadBalancer): apigateway.VpcLink {
    this.#v1 ??= new apigateway.VpcLink(apiScope(this.#scope), 'VpcLink', {
      targets: [loadBalancer],
      vpcLinkName: this.#vpcLinkName,
    });
    return this.#v1;
  }

  v2(): BridgeLink {
    const { vpc, vpcSubnets } = this.#network;
    this.#v2 ??= new BridgeLink(this.#scope, 'Link', { vpc, vpcLinkName: this.#vpcLinkName, vpcSubnets });
    return this.#v2;
  }
}

/** The scope of a REST API; beside it is where its VPC link has always been. */
export function apiScope(bridge: Construct): Construct {
  return (bridge.node.tryFindChild('Api') as Construct | undefined) ?? new Construct(bridge, 'Api');
}
