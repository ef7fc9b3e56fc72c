import { Names } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import type * as apigatewayv2 from 'aws-cdk-lib/aws-apigatewayv2';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { bindingNameOf } from '../sync/address-sync.ts';
import type { AllowListSync } from '../sync/allow-list-sync.ts';
import type { TargetGroupSync } from '../sync/target-group-sync.ts';
import { BridgeAlb } from './alb.ts';
import { BridgeApi } from './api.ts';
import type { ApiGatewayAlbBridgeProps } from './api-gateway-alb-bridge-props.ts';
import { albPort, type BridgedAlb, existingAlb } from './bridged-alb.ts';
import { checkBridge } from './checks.ts';
import { BridgeHttpApi } from './http-api.ts';
import { ingressOf, NlbIngress } from './ingress.ts';
import { apiScope, BridgeLinks } from './links.ts';
import { type BridgeNetwork, bridgeNetwork } from './network.ts';
import { BridgeNlb } from './nlb.ts';
import type { BridgePath } from './path.ts';
import { type BridgeWay, BridgeWays } from './ways.ts';
import { BridgeWebSocketApi } from './web-socket-api.ts';

/**
 * An API Gateway in front of a private ALB: API, VPC link, and, unless the path is `direct`, an NLB; by default with an ip
 * target group that follows the addresses of the ALB as it scales.
 */
export class ApiGatewayAlbBridge extends Construct implements ec2.IConnectable {
  /** The ALB, made or existing. */
  readonly applicationLoadBalancer: elbv2.IApplicationLoadBalancer;

  /** The API keys of the usage plan. */
  readonly apiKeys: apigateway.IApiKey[];

  /** The connections of the ALB: `bridge.connections.allowTo(…)` for targets known by an id only. */
  readonly connections: ec2.Connections;

  /** How requests get from the API to the ALB. */
  readonly path: BridgePath;

  /** The security group of the ALB. */
  readonly securityGroup: ec2.ISecurityGroup;

  /** The VPC of the load balancers, made or existing. */
  readonly vpc: ec2.IVpc;

  readonly #alb: BridgedAlb;
  readonly #api: BridgeApi | BridgeHttpApi | BridgeWebSocketApi;
  readonly #links: BridgeLinks;
  readonly #nlb?: BridgeNlb;
  readonly #nlbIngress?: NlbIngress;
  readonly #ways: BridgeWays;

  constructor(scope: Construct, id: string, props: ApiGatewayAlbBridgeProps) {
    super(scope, id);
    checkBridge(props);
    this.path = props.path ?? 'ip-sync';
    const network = bridgeNetwork(this, props);
    const apiName = props.restApiName ?? Names.uniqueId(this);

    const paths = new Set([this.path, ...(props.standby ? [props.standby] : [])]);
    if (paths.has('ip-sync') || paths.has('alb-target')) {
      this.#nlb = newNlb(this, network, props);
      const { subnetIds } = network;
      const listenerPort = albPort(props);
      this.#nlbIngress = new NlbIngress(this, { bridge: props, listenerPort, nlb: this.#nlb, subnetIds });
    }
    this.#alb = existingAlb(props) ?? newAlb(this, { network, nlbIngress: this.#nlbIngress, props });
    this.#links = new BridgeLinks(this, { network, vpcLinkName: apiName });
    this.#ways = new BridgeWays(this, {
      alb: this.#alb,
      bindingName: bindingNameOf(this),
      bridge: props,
      links: this.#links,
      nlb: this.#nlb,
      nlbIngress: this.#nlbIngress,
    });
    const way = this.#ways.way(this.path);
    if (props.standby) this.#ways.way(props.standby);
    this.#api = newApi(this, { apiName, props, way });
    const led = this.#api instanceof BridgeApi ? this.#api.led : this.#api;
    if (led) this.#ways.holdFor(led, this.path);

    this.apiKeys = this.#api instanceof BridgeApi ? this.#api.apiKeys : [];
    this.applicationLoadBalancer = this.#alb.loadBalancer;
    this.connections = this.#alb.loadBalancer.connections;
    this.securityGroup = this.#alb.securityGroup;
    this.vpc = network.vpc;
  }

  /** The listener of the ALB that the path ends at. */
  get applicationListener(): elbv2.IApplicationListener {
    return there(this.#alb.listener, 'applicationListener', 'its ALB is one elsewhere');
  }

  /** The target group of the ALB's targets. */
  get applicationTargetGroup(): elbv2.ApplicationTargetGroup {
    return there(this.#alb.targetGroup, 'applicationTargetGroup', 'its ALB is an existing one');
  }

  /** The HTTP API's id. */
  get httpApiId(): string {
    const api = this.#api instanceof BridgeHttpApi ? this.#api : undefined;
    return there(api, 'httpApiId', 'its API is no HTTP API').apiId;
  }

  /** What keeps the addresses of the NLB, in the ALB's security group or in the prefix list: its metrics, its alarms. */
  get ingressSync(): AllowListSync {
    const reason = 'nothing moves in what the ALB admits: its own list of rules, or a security group';
    return there(this.#nlbIngress?.sync, 'ingressSync', reason);
  }

  /** The NLB, made or existing; none where the path is `direct`. */
  get networkLoadBalancer(): elbv2.INetworkLoadBalancer {
    return there(this.#nlb, 'networkLoadBalancer', `its path is '${this.path}'`).loadBalancer;
  }

  /** The target group that follows the ALB; it has no `Targets` in the template. */
  get networkTargetGroup(): elbv2.NetworkTargetGroup {
    return there(this.#ways.networkTargetGroup, 'networkTargetGroup', `its path is '${this.path}'`);
  }

  /** The API, where it is a REST API. */
  get restApi(): apigateway.IRestApi {
    const api = this.#api instanceof BridgeApi ? this.#api : undefined;
    return there(api, 'restApi', 'its API is no REST API').restApi;
  }

  /** What keeps the target group in step: its rule, its metrics, an alarm. */
  get sync(): TargetGroupSync {
    return there(this.#ways.sync, 'sync', `its path is '${this.path}'`);
  }

  /** The function that keeps the target group in step. */
  get syncFunction(): lambda.Function {
    return this.sync.function;
  }

  /** The address of the API's stage, without a trailing slash. */
  get url(): string {
    return this.#api.url;
  }

  /** The VPC link to the NLB. */
  get vpcLink(): apigateway.VpcLink {
    return there(this.#links.toNlb, 'vpcLink', 'its API has a VPC link V2: use vpcLinkV2');
  }

  /** The VPC link to the ALB, or of an HTTP API. */
  get vpcLinkV2(): apigatewayv2.VpcLink {
    return there(this.#links.ofV2, 'vpcLinkV2', 'its API has a VPC link to the NLB: use vpcLink').vpcLink;
  }

  /** The API, where it is a WebSocket API. */
  get webSocketApi(): apigatewayv2.WebSocketApi {
    const api = this.#api instanceof BridgeWebSocketApi ? this.#api : undefined;
    return there(api, 'webSocketApi', 'its API is no WebSocket API').webSocketApi;
  }
}

function there<T>(part: T | undefined, name: string, reason: string): T {
  if (part === undefined) throw new Error(`this bridge has no ${name}, as ${reason}`);
  return part;
}

function newNlb(
  scope: Construct,
  { vpc, vpcSubnets }: BridgeNetwork,
  props: ApiGatewayAlbBridgeProps,
): BridgeNlb {
  return new BridgeNlb(scope, 'Nlb', {
    accessLogsBucket: props.accessLogsBucket,
    albPort: albPort(props),
    certificate: props.nlbCertificate,
    crossZoneEnabled: props.crossZoneEnabled ?? true,
    hasSecurityGroup: ingressOf(props) === 'security-group',
    isAlbEncrypted: props.albCertificate !== undefined,
    loadBalancer: props.networkLoadBalancer,
    vpc,
    vpcSubnets,
  });
}

interface NewAlbProps {
  readonly network: BridgeNetwork;
  readonly nlbIngress: NlbIngress | undefined;
  readonly props: ApiGatewayAlbBridgeProps;
}

function newAlb(scope: Construct, { network, nlbIngress, props }: NewAlbProps): BridgedAlb {
  const { vpc, vpcSubnets } = network;
  const port = albPort(props);
  const { listener, loadBalancer, securityGroup, targetGroup } = new BridgeAlb(scope, 'Alb', {
    accessLogsBucket: props.accessLogsBucket,
    certificate: props.albCertificate,
    healthCheck: props.healthCheck,
    pathPatterns: props.pathPatterns ?? ['/*'],
    port,
    securityGroupIngress: nlbIngress?.rules,
    targetPort: props.targetPort ?? 80,
    targets: props.targets ?? [],
    vpc,
    vpcSubnets,
  });
  return { listener, loadBalancer, port, securityGroup: securityGroup.securityGroup, targetGroup };
}

interface NewApiProps {
  readonly apiName: string;
  readonly props: ApiGatewayAlbBridgeProps;
  readonly way: BridgeWay;
}

function newApi(
  scope: Construct,
  { apiName, props, way }: NewApiProps,
): BridgeApi | BridgeHttpApi | BridgeWebSocketApi {
  const shared = { ...props, ...way, apiName, restApiName: apiName };
  if (props.apiType === 'HTTP') {
    return new BridgeHttpApi(scope, 'HttpApi', { ...shared, stageName: props.stageName ?? '$default' });
  }
  const stageName = props.stageName ?? 'prod';
  if (props.apiType === 'WEBSOCKET') {
    return new BridgeWebSocketApi(scope, 'WebSocketApi', { ...shared, stageName });
  }
  return new BridgeApi(apiScope(scope), {
    ...shared,
    binaryMediaTypes: props.binaryMediaTypes ?? ['*/*'],
    endpointType: props.endpointType ?? apigateway.EndpointType.REGIONAL,
    stageName,
  });
}
