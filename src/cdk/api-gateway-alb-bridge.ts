import { Aws, Names, Token } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { AlbTarget } from './alb-target.ts';
import { BridgeAlb } from './bridge-alb.ts';
import { BridgeApi } from './bridge-api.ts';
import { BridgeNlb } from './bridge-nlb.ts';
import { PrivateIps } from './private-ips.ts';
import { TargetGroupSync, type TargetGroupSyncOptions } from './target-group-sync.ts';

/** Properties of `ApiGatewayAlbBridge`. */
export interface ApiGatewayAlbBridgeProps extends TargetGroupSyncOptions {
  /**
   * What the ALB forwards to: addresses (`IpTarget`), instances, an Auto Scaling group, or any other
   * target of an ALB. All must be of one kind.
   *
   * The ALB is allowed to reach them; where only an id is known (`InstanceIdTarget`), allow it by `connections`.
   */
  readonly targets: AlbTarget[];

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
   * The name of the REST API and of its VPC link.
   *
   * @default - derived from the construct's path
   */
  readonly restApiName?: string;

  /**
   * The stage that the API is deployed to.
   *
   * @default 'prod'
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

const HTTP_PORT = 80;

/**
 * An API Gateway in front of a private ALB: REST API, VPC link, NLB, and an ip target group that
 * follows the addresses of the ALB as it scales.
 */
export class ApiGatewayAlbBridge extends Construct implements ec2.IConnectable {
  readonly applicationListener: elbv2.ApplicationListener;
  readonly applicationLoadBalancer: elbv2.ApplicationLoadBalancer;
  readonly applicationTargetGroup: elbv2.ApplicationTargetGroup;

  /** The connections of the ALB: `bridge.connections.allowTo(…)` for targets known by an id only. */
  readonly connections: ec2.Connections;

  readonly networkLoadBalancer: elbv2.NetworkLoadBalancer;

  /** The target group that follows the ALB; it has no `Targets` in the template. */
  readonly networkTargetGroup: elbv2.NetworkTargetGroup;

  readonly restApi: apigateway.RestApi;

  /** The security group of the ALB. */
  readonly securityGroup: ec2.ISecurityGroup;

  /** What keeps the target group in step: its rule, its metrics, an alarm. */
  readonly sync: TargetGroupSync;

  readonly syncFunction: lambda.Function;

  /** The address of the API's stage, without a trailing slash. */
  readonly url: string;

  readonly vpc: ec2.IVpc;
  readonly vpcLink: apigateway.VpcLink;

  constructor(scope: Construct, id: string, props: ApiGatewayAlbBridgeProps) {
    super(scope, id);
    const pathPatterns = props.pathPatterns ?? ['/*'];
    checkTargets(props.targets);
    checkPathPatterns(pathPatterns);

    this.vpc = props.vpc ?? isolatedVpc(this);
    const vpcSubnets = props.vpcSubnets ?? {};
    const { subnetIds } = selectSubnets(this.vpc, vpcSubnets);

    const nlb = new BridgeNlb(this, 'Nlb', {
      crossZoneEnabled: props.crossZoneEnabled ?? true,
      port: HTTP_PORT,
      vpc: this.vpc,
      vpcSubnets,
    });
    const privateIps = new PrivateIps(this, 'NlbAddresses', {
      code: props.addressesCode,
      listenerPort: HTTP_PORT,
      loadBalancer: nlb.loadBalancer,
      logRetention: props.logRetention,
      subnetIds,
    });
    const alb = new BridgeAlb(this, 'Alb', {
      healthCheck: props.healthCheck,
      pathPatterns,
      port: HTTP_PORT,
      securityGroupIngress: privateIps.securityGroupIngress,
      targetPort: props.targetPort ?? HTTP_PORT,
      targets: props.targets,
      vpc: this.vpc,
      vpcSubnets,
    });
    const sync = new TargetGroupSync(this, 'Sync', {
      bindingName: bindingName(this),
      dispatchCode: props.dispatchCode,
      events: props.events,
      every: props.every,
      loadBalancer: alb.loadBalancer,
      logRetention: props.logRetention,
      maxRemovals: props.maxRemovals,
      minHealthyPercent: props.minHealthyPercent,
      port: HTTP_PORT,
      reservedConcurrentExecutions: props.reservedConcurrentExecutions,
      syncCode: props.syncCode,
      targetGroup: nlb.targetGroup,
    });
    const api = new BridgeApi(this, 'Api', {
      binaryMediaTypes: props.binaryMediaTypes ?? ['*/*'],
      endpointType: props.endpointType ?? apigateway.EndpointType.REGIONAL,
      loadBalancer: nlb.loadBalancer,
      restApiName: props.restApiName ?? Names.uniqueId(this),
      stageName: props.stageName ?? 'prod',
    });

    this.applicationListener = alb.listener;
    this.applicationLoadBalancer = alb.loadBalancer;
    this.applicationTargetGroup = alb.targetGroup;
    this.connections = alb.loadBalancer.connections;
    this.networkLoadBalancer = nlb.loadBalancer;
    this.networkTargetGroup = nlb.targetGroup;
    this.restApi = api.restApi;
    this.securityGroup = alb.securityGroup.securityGroup;
    this.sync = sync;
    this.syncFunction = sync.function;
    this.url = api.url;
    this.vpcLink = api.vpcLink;
  }
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

function checkTargets(targets: AlbTarget[]): void {
  if (targets.length === 0) {
    throw new Error('targets must name at least one target for the ALB, got none');
  }
}

function checkPathPatterns(pathPatterns: string[]): void {
  if (Token.isUnresolved(pathPatterns)) return;
  if (pathPatterns.length < 1 || pathPatterns.length > 5) {
    throw new Error(
      `pathPatterns must be one to five patterns, as a rule takes no more, got ${pathPatterns.length}`,
    );
  }
}
