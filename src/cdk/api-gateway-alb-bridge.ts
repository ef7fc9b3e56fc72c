import { Aws, Names, Token } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import type * as apigatewayv2 from 'aws-cdk-lib/aws-apigatewayv2';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct, type IDependable } from 'constructs';
import type { AlbTarget } from './alb-target.ts';
import { BridgeAdmission } from './bridge-admission.ts';
import { BridgeAlb } from './bridge-alb.ts';
import { BridgeApi } from './bridge-api.ts';
import type { BridgeApiOptions } from './bridge-api-options.ts';
import { checkBridge } from './bridge-checks.ts';
import { BridgeHttpApi } from './bridge-http-api.ts';
import { BridgeLink } from './bridge-link.ts';
import { BridgeNlb, type NlbWay } from './bridge-nlb.ts';
import type { BridgePath, NlbPath, Upstream } from './bridge-path.ts';
import { BridgeReady } from './bridge-ready.ts';
import { BridgeWebSocketApi } from './bridge-web-socket-api.ts';
import { PrivateIps } from './private-ips.ts';
import { TargetGroupSync, type TargetGroupSyncOptions } from './target-group-sync.ts';

/** Properties of `ApiGatewayAlbBridge`. */
export interface ApiGatewayAlbBridgeProps extends TargetGroupSyncOptions, BridgeApiOptions {
  /**
   * What the ALB forwards to: addresses (`IpTarget`), instances, an Auto Scaling group, or any other
   * target of an ALB. All must be of one kind.
   *
   * The ALB is allowed to reach them; where only an id is known (`InstanceIdTarget`), allow it by `connections`.
   *
   * @default - none, where there is an `applicationListener`; required otherwise
   */
  readonly targets?: AlbTarget[];

  /**
   * How requests get from the API to the ALB: `ip-sync`, `alb-target` or `direct`.
   *
   * Another path is a safe update of the stack: the new path is there, and its targets are healthy, before the API is led
   * to it, and the former one is deleted after that. To `direct` from a path whose `ingress` is `addresses`, it takes two
   * updates: one with the former path as `standby`, one without.
   *
   * @default 'ip-sync'
   */
  readonly path?: BridgePath;

  /**
   * A path that is kept ready besides, and has no requests.
   *
   * @default - none
   */
  readonly standby?: BridgePath;

  /**
   * What the ALB's security group admits of the NLB: `addresses` (read while the stack is deployed), or its
   * `security-group`. An NLB gets a security group only when it is made: with the other, it is another NLB.
   *
   * @default 'addresses', and 'security-group' for an existing ALB
   */
  readonly ingress?: 'addresses' | 'security-group';

  /**
   * An existing ALB, in place of a new one; with `applicationListener`.
   *
   * Its security group is given a rule that admits the path; import it with its `securityGroupId`.
   *
   * @default - a new one
   */
  readonly applicationLoadBalancer?: elbv2.IApplicationLoadBalancer;

  /**
   * The listener of the existing ALB, whose rules say what is forwarded where.
   *
   * @default - a new one
   */
  readonly applicationListener?: elbv2.IApplicationListener;

  /**
   * The port of the existing listener.
   *
   * @default 80, or 443 with `albCertificate`
   */
  readonly applicationListenerPort?: number;

  /**
   * An existing NLB, in place of a new one: it gets a listener for the path, on port 80 (`ip-sync`) or 81
   * (`alb-target`), or 443 and 444 with TLS.
   *
   * @default - a new one
   */
  readonly networkLoadBalancer?: elbv2.INetworkLoadBalancer;

  /**
   * The certificate of the ALB's listener, which is HTTPS then. An NLB passes TLS through to it.
   *
   * @default - the listener is HTTP
   */
  readonly albCertificate?: elbv2.IListenerCertificate;

  /**
   * The certificate of the NLB's listener, where TLS is to end at the NLB. Behind it, the ALB is spoken to in TLS if it
   * has a certificate too. Not with `alb-target`, which AWS allows behind TCP listeners only.
   *
   * @default - the listener is TCP
   */
  readonly nlbCertificate?: elbv2.IListenerCertificate;

  /**
   * A name that the certificate is for, which API Gateway checks; required with a certificate.
   *
   * @default - none
   */
  readonly serverName?: string;

  /**
   * The port on which the targets receive traffic.
   *
   * @default 80
   */
  readonly targetPort?: number;

  /**
   * How the ALB checks the targets' health.
   *
   * @default - `GET /` on the target port, every 30 seconds; a `200` is healthy
   */
  readonly healthCheck?: elbv2.HealthCheck;

  /**
   * The paths that are forwarded, at most five; the ALB answers 404 to all others.
   *
   * @default ['/*']
   */
  readonly pathPatterns?: string[];

  /**
   * The VPC of the load balancers.
   *
   * @default - a new VPC: isolated subnets in two Availability Zones, no way in or out
   */
  readonly vpc?: ec2.IVpc;

  /**
   * The subnets of the load balancers, in at least two Availability Zones.
   *
   * @default - the VPC's private subnets, or else its isolated ones
   */
  readonly vpcSubnets?: ec2.SubnetSelection;

  /**
   * Whether the NLB also sends to ALB nodes in other Availability Zones.
   *
   * @default true - while an ALB scales, a zone can be without a healthy node
   */
  readonly crossZoneEnabled?: boolean;

  /**
   * The name of the API and of its VPC link.
   *
   * @default - derived from the construct's path
   */
  readonly restApiName?: string;

  /**
   * The stage that the API is deployed to.
   *
   * @default 'prod', and '$default' for an HTTP API
   */
  readonly stageName?: string;

  /**
   * The endpoint type of the REST API.
   *
   * @default EndpointType.REGIONAL
   */
  readonly endpointType?: apigateway.EndpointType;

  /**
   * The media types that pass unchanged; of others, API Gateway makes text.
   *
   * @default - all of them
   */
  readonly binaryMediaTypes?: string[];

  /**
   * The code of the `addresses` function.
   *
   * @default - the function shipped with this package
   */
  readonly addressesCode?: lambda.Code;
}

/** The ALB behind the bridge, made or existing. */
interface Alb {
  readonly listener: elbv2.IApplicationListener;
  readonly loadBalancer: elbv2.IApplicationLoadBalancer;
  readonly port: number;
  readonly securityGroup: ec2.ISecurityGroup;
  readonly targetGroup?: elbv2.ApplicationTargetGroup;
}

/** A way to the ALB by which an API can be led. */
interface Way {
  readonly ready: IDependable[];
  readonly upstream: Upstream;
}

/**
 * An API Gateway in front of a private ALB: API, VPC link, and, unless the path is `direct`, an NLB; by default with an ip
 * target group that follows the addresses of the ALB as it scales.
 */
export class ApiGatewayAlbBridge extends Construct implements ec2.IConnectable {
  /** The listener of the ALB that the path ends at. */
  readonly applicationListener: elbv2.IApplicationListener;

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

  readonly #alb: Alb;
  readonly #props: ApiGatewayAlbBridgeProps;
  readonly #vpcSubnets: ec2.SubnetSelection;
  readonly #api: BridgeApi | BridgeHttpApi | BridgeWebSocketApi;
  #link?: BridgeLink;
  #nlb?: BridgeNlb;
  #networkTargetGroup?: elbv2.NetworkTargetGroup;
  #ready?: BridgeReady;
  #sync?: TargetGroupSync;
  #vpcLink?: apigateway.VpcLink;

  constructor(scope: Construct, id: string, props: ApiGatewayAlbBridgeProps) {
    super(scope, id);
    checkBridge(props);
    this.#props = props;
    this.path = props.path ?? 'ip-sync';
    this.vpc = props.vpc ?? isolatedVpc(this);
    this.#vpcSubnets = props.vpcSubnets ?? {};
    const { subnetIds } = selectSubnets(this.vpc, this.#vpcSubnets);
    const paths = [...new Set([this.path, ...(props.standby ? [props.standby] : [])])];

    const ingress = props.ingress ?? (props.applicationLoadBalancer ? 'security-group' : 'addresses');
    const isDirectOnly = paths.every((path) => path === 'direct');
    if (!isDirectOnly) {
      this.#nlb = new BridgeNlb(this, 'Nlb', {
        albPort: this.#albPort,
        certificate: props.nlbCertificate,
        crossZoneEnabled: props.crossZoneEnabled ?? true,
        hasSecurityGroup: ingress === 'security-group',
        isAlbEncrypted: props.albCertificate !== undefined,
        loadBalancer: props.networkLoadBalancer,
        vpc: this.vpc,
        vpcSubnets: this.#vpcSubnets,
      });
    }
    const privateIps =
      this.#nlb && ingress === 'addresses'
        ? new PrivateIps(this, 'NlbAddresses', {
            code: props.addressesCode,
            listenerPort: this.#albPort,
            loadBalancer: this.#nlb.loadBalancer,
            logRetention: props.logRetention,
            subnetIds,
          })
        : undefined;
    this.#alb = this.#existingAlb() ?? this.#newAlb(privateIps);

    const ways = new Map(paths.map((path) => [path, this.#way(path)]));
    const { ready, upstream } = ways.get(this.path) as Way;
    this.#api = this.#newApi(upstream, ready);

    this.applicationListener = this.#alb.listener;
    this.applicationLoadBalancer = this.#alb.loadBalancer;
    this.apiKeys = this.#api instanceof BridgeApi ? this.#api.apiKeys : [];
    this.connections = this.#alb.loadBalancer.connections;
    this.securityGroup = this.#alb.securityGroup;
  }

  /** The target group of the ALB's targets. */
  get applicationTargetGroup(): elbv2.ApplicationTargetGroup {
    return there(this.#alb.targetGroup, 'applicationTargetGroup', 'its ALB is an existing one');
  }

  /** The HTTP API's id. */
  get httpApiId(): string {
    const api = this.#api instanceof BridgeHttpApi ? this.#api : undefined;
    return there(api, 'httpApiId', `its API is no HTTP API`).apiId;
  }

  /** The NLB, made or existing; none where the path is `direct`. */
  get networkLoadBalancer(): elbv2.INetworkLoadBalancer {
    return there(this.#nlb, 'networkLoadBalancer', `its path is '${this.path}'`).loadBalancer;
  }

  /** The target group that follows the ALB; it has no `Targets` in the template. */
  get networkTargetGroup(): elbv2.NetworkTargetGroup {
    return there(this.#networkTargetGroup, 'networkTargetGroup', `its path is '${this.path}'`);
  }

  /** The API, where it is a REST API. */
  get restApi(): apigateway.IRestApi {
    const api = this.#api instanceof BridgeApi ? this.#api : undefined;
    return there(api, 'restApi', 'its API is no REST API').restApi;
  }

  /** What keeps the target group in step: its rule, its metrics, an alarm. */
  get sync(): TargetGroupSync {
    return there(this.#sync, 'sync', `its path is '${this.path}'`);
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
    return there(this.#vpcLink, 'vpcLink', 'its API has a VPC link V2: use vpcLinkV2');
  }

  /** The VPC link to the ALB, or of an HTTP API. */
  get vpcLinkV2(): apigatewayv2.VpcLink {
    return there(this.#link, 'vpcLinkV2', 'its API has a VPC link to the NLB: use vpcLink').vpcLink;
  }

  /** The API, where it is a WebSocket API. */
  get webSocketApi(): apigatewayv2.WebSocketApi {
    const api = this.#api instanceof BridgeWebSocketApi ? this.#api : undefined;
    return there(api, 'webSocketApi', 'its API is no WebSocket API').webSocketApi;
  }

  get #albPort(): number {
    return this.#props.applicationListenerPort ?? (this.#props.albCertificate ? 443 : 80);
  }

  get #apiName(): string {
    return this.#props.restApiName ?? Names.uniqueId(this);
  }

  #existingAlb(): Alb | undefined {
    const { applicationListener: listener, applicationLoadBalancer: loadBalancer } = this.#props;
    const [securityGroup] = loadBalancer?.connections.securityGroups ?? [];
    if (!listener || !loadBalancer) return undefined;
    if (!securityGroup) {
      throw new Error(
        'applicationLoadBalancer has no security group to admit the path in: import it with its securityGroupId',
      );
    }
    return { listener, loadBalancer, port: this.#albPort, securityGroup };
  }

  #newAlb(privateIps: PrivateIps | undefined): Alb {
    const props = this.#props;
    const alb = new BridgeAlb(this, 'Alb', {
      certificate: props.albCertificate,
      healthCheck: props.healthCheck,
      pathPatterns: props.pathPatterns ?? ['/*'],
      port: this.#albPort,
      securityGroupIngress: privateIps?.securityGroupIngress,
      targetPort: props.targetPort ?? 80,
      targets: props.targets ?? [],
      vpc: this.vpc,
      vpcSubnets: this.#vpcSubnets,
    });
    const { listener, loadBalancer, targetGroup } = alb;
    return {
      listener,
      loadBalancer,
      port: this.#albPort,
      securityGroup: alb.securityGroup.securityGroup,
      targetGroup,
    };
  }

  #way(path: BridgePath): Way {
    return path === 'direct' ? this.#directWay() : this.#nlbWay(path);
  }

  #directWay(): Way {
    const { listener, loadBalancer, port, securityGroup } = this.#alb;
    const link = this.#linkV2();
    const admission = new BridgeAdmission(this, 'DirectAdmission', {
      description: 'The VPC link of the API',
      from: link.securityGroup,
      port,
      to: securityGroup,
    });
    const upstream = {
      ...this.#origin(loadBalancer.loadBalancerDnsName, port, this.#props.albCertificate !== undefined),
      connectionId: link.vpcLink.vpcLinkId,
      integrationTarget: loadBalancer.loadBalancerArn,
      listenerArn: listener.listenerArn,
    };
    return { ready: [admission, link.vpcLink, listener], upstream };
  }

  #nlbWay(path: NlbPath): Way {
    const nlb = this.#nlb as BridgeNlb;
    const { listener, loadBalancer } = this.#alb;
    const way = nlb.way(path, path === 'alb-target' ? albTarget(this.#alb) : undefined);
    const healthy: IDependable[] = [way.listener, ...this.#admitNlb(nlb), listener];
    if (path === 'ip-sync') {
      this.#networkTargetGroup = way.targetGroup;
      this.#sync = this.#newSync(loadBalancer, way.targetGroup);
      healthy.push(this.#sync);
    }
    const ready = this.#readiness().targetsOf(path === 'ip-sync' ? 'Addresses' : 'Alb', way.targetGroup);
    ready.node.addDependency(...healthy);
    const isEncrypted = this.#props.nlbCertificate !== undefined || this.#props.albCertificate !== undefined;
    const origin = this.#origin(nlb.loadBalancer.loadBalancerDnsName, way.port, isEncrypted);
    const { listenerArn } = way.listener;
    if (this.#props.apiType === 'HTTP') {
      const admissions = this.#admitLink(way, path);
      const connectionId = this.#linkV2().vpcLink.vpcLinkId;
      return { ready: [ready, ...admissions], upstream: { ...origin, connectionId, listenerArn } };
    }
    const vpcLink = this.#linkV1(nlb.loadBalancer);
    return {
      ready: [ready, vpcLink],
      upstream: { ...origin, connectionId: vpcLink.vpcLinkId, listenerArn },
    };
  }

  #origin(host: string, port: number, isEncrypted: boolean): Pick<Upstream, 'origin' | 'serverName'> {
    const scheme = isEncrypted ? 'https' : 'http';
    const isUsual = port === (isEncrypted ? 443 : 80);
    const { serverName } = this.#props;
    const name = isEncrypted ? (serverName ?? host) : host;
    return {
      origin: `${scheme}://${name}${isUsual ? '' : `:${port}`}`,
      ...(isEncrypted && serverName && { serverName }),
    };
  }

  /** The rules by which the NLB's security group, where it has one, gets to the ALB. */
  #admitNlb(nlb: BridgeNlb): IDependable[] {
    const from = nlb.securityGroup ?? nlb.loadBalancer.connections?.securityGroups[0];
    if (!from) return [];
    const known = this.node.tryFindChild('NlbAdmission');
    const { port, securityGroup: to } = this.#alb;
    const description = 'The NLB of the API';
    return [known ?? new BridgeAdmission(this, 'NlbAdmission', { description, from, port, to })];
  }

  /** A VPC link V2 comes from addresses of its own, which an ALB that is itself a target sees as they are. */
  #admitLink({ port }: NlbWay, path: NlbPath): IDependable[] {
    const { securityGroup: from } = this.#linkV2();
    const description = 'The VPC link of the API';
    const nlbGroup = this.#nlb?.securityGroup;
    const id = path === 'alb-target' ? 'Alb' : '';
    return [
      ...(nlbGroup
        ? [new BridgeAdmission(this, `LinkTo${id}Nlb`, { description, from, port, to: nlbGroup })]
        : [linkEgress(this, `LinkTo${id}Nlb`, from, port)]),
      ...(path === 'alb-target'
        ? [
            new BridgeAdmission(this, 'LinkToAlb', {
              description,
              from,
              port: this.#alb.port,
              to: this.#alb.securityGroup,
            }),
          ]
        : []),
    ];
  }

  #linkV1(loadBalancer: elbv2.INetworkLoadBalancer): apigateway.VpcLink {
    this.#vpcLink ??= new apigateway.VpcLink(this.#apiScope(), 'VpcLink', {
      targets: [loadBalancer],
      vpcLinkName: this.#apiName,
    });
    return this.#vpcLink;
  }

  #linkV2(): BridgeLink {
    this.#link ??= new BridgeLink(this, 'Link', {
      vpc: this.vpc,
      vpcLinkName: this.#apiName,
      vpcSubnets: this.#vpcSubnets,
    });
    return this.#link;
  }

  /** Where the VPC link has always been, beside the API. */
  #apiScope(): Construct {
    return (this.node.tryFindChild('Api') as Construct | undefined) ?? new Construct(this, 'Api');
  }

  #readiness(): BridgeReady {
    this.#ready ??= new BridgeReady(this, 'Ready', {
      code: this.#props.addressesCode,
      logRetention: this.#props.logRetention,
    });
    return this.#ready;
  }

  #newSync(
    loadBalancer: elbv2.IApplicationLoadBalancer,
    targetGroup: elbv2.NetworkTargetGroup,
  ): TargetGroupSync {
    const props = this.#props;
    return new TargetGroupSync(this, 'Sync', {
      bindingName: bindingName(this),
      dispatchCode: props.dispatchCode,
      events: props.events,
      every: props.every,
      loadBalancer,
      logRetention: props.logRetention,
      maxRemovals: props.maxRemovals,
      minHealthyPercent: props.minHealthyPercent,
      port: this.#albPort,
      reservedConcurrentExecutions: props.reservedConcurrentExecutions,
      syncCode: props.syncCode,
      targetGroup,
    });
  }

  #newApi(upstream: Upstream, ready: IDependable[]): BridgeApi | BridgeHttpApi | BridgeWebSocketApi {
    const props = this.#props;
    const shared = { ...props, apiName: this.#apiName, ready, restApiName: this.#apiName, upstream };
    if (props.apiType === 'HTTP') {
      return new BridgeHttpApi(this, 'HttpApi', { ...shared, stageName: props.stageName ?? '$default' });
    }
    const stageName = props.stageName ?? 'prod';
    if (props.apiType === 'WEBSOCKET') {
      return new BridgeWebSocketApi(this, 'WebSocketApi', { ...shared, stageName });
    }
    return new BridgeApi(this.#apiScope(), {
      ...shared,
      binaryMediaTypes: props.binaryMediaTypes ?? ['*/*'],
      endpointType: props.endpointType ?? apigateway.EndpointType.REGIONAL,
      stageName,
    });
  }
}

function there<T>(part: T | undefined, name: string, reason: string): T {
  if (part === undefined) throw new Error(`this bridge has no ${name}, as ${reason}`);
  return part;
}

function albTarget({ listener, loadBalancer, port }: Alb): elbv2.INetworkLoadBalancerTarget {
  return {
    attachToNetworkTargetGroup(targetGroup): elbv2.LoadBalancerTargetProps {
      // Elastic Load Balancing refuses an ALB without a listener on the group's port.
      targetGroup.node.addDependency(listener);
      return { targetJson: { id: loadBalancer.loadBalancerArn, port }, targetType: elbv2.TargetType.ALB };
    },
  };
}

/** To an NLB without security groups: to any address of the VPC, as its own are not known. */
function linkEgress(scope: Construct, id: string, from: ec2.ISecurityGroup, port: number): IDependable {
  return new ec2.CfnSecurityGroupEgress(scope, id, {
    cidrIp: '0.0.0.0/0',
    description: 'The NLB of the API',
    fromPort: port,
    groupId: from.securityGroupId,
    ipProtocol: 'tcp',
    toPort: port,
  });
}

function bindingName(construct: Construct): string {
  const path = Names.stackRelativeConstructPath(construct);
  return `${Aws.STACK_NAME}.${path.replaceAll('/', '.').replaceAll(/[^A-Za-z0-9._-]/g, '-')}`;
}

function isolatedVpc(scope: Construct): ec2.Vpc {
  return new ec2.Vpc(scope, 'Vpc', {
    maxAzs: 2,
    natGateways: 0,
    // It would bring a function and a custom resource of its own.
    restrictDefaultSecurityGroup: false,
    subnetConfiguration: [{ name: 'Isolated', subnetType: ec2.SubnetType.PRIVATE_ISOLATED }],
  });
}

function selectSubnets(vpc: ec2.IVpc, vpcSubnets: ec2.SubnetSelection): ec2.SelectedSubnets {
  const selected = vpc.selectSubnets(vpcSubnets);
  const zones = new Set(selected.availabilityZones);
  if (zones.size < 2 && !selected.isPendingLookup && !Token.isUnresolved(selected.subnetIds)) {
    throw new Error(
      `an ALB needs subnets in two Availability Zones, got ${selected.subnetIds.length} subnets in ` +
        `[${[...zones].join(', ')}]: select others by vpcSubnets`,
    );
  }
  return selected;
}
