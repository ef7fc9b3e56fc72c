import type { Duration } from 'aws-cdk-lib';
import type * as apigateway from 'aws-cdk-lib/aws-apigateway';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type { ReachOptions } from '../sync/reach-options.ts';
import type { TargetGroupSyncOptions } from '../sync/target-group-sync.ts';
import type { AlbTarget } from './alb-target.ts';
import type { BridgeApiOptions } from './api-options.ts';
import type { BridgeIngress, BridgePath } from './path.ts';

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
   * to it, and the former one is deleted after that. It takes two updates, one with the former path as `standby` and one
   * without, to `direct` from a path whose `ingress` is `addresses`; and with an imported `existingRestApi`, which is to
   * be deployed in between.
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
   * How long the former path stays once the API is led another way, for requests that are under way: longer than the
   * longest takes. A path `direct` without `standby` has no function that could wait.
   *
   * @default Duration.seconds(35) - API Gateway gives an integration 29 or 30 seconds, unless AWS has allowed more
   */
  readonly drainTimeout?: Duration;

  /**
   * What the ALB's security group admits of the NLB: its `addresses`, its `security-group`, or a `prefix-list` that holds
   * the addresses. An NLB gets a security group only when it is made: with or without one, it is another NLB.
   *
   * To change it while a path through the NLB has the requests interrupts them: let `direct` have them meanwhile.
   *
   * @default 'addresses', and 'security-group' for an existing ALB of this account and region
   */
  readonly ingress?: BridgeIngress;

  /**
   * How many addresses the prefix list of the `ingress` can hold. Each costs the ALB's security group one of its 60
   * rules, used or not; while subnets change, both the former addresses and the new ones are in it.
   *
   * @default 10
   */
  readonly prefixListMaxEntries?: number;

  /**
   * An existing ALB, in place of a new one; with `applicationListener`.
   *
   * Its security group is given rules that admit the path; import it with its `securityGroupId`.
   *
   * @default - a new one
   */
  readonly applicationLoadBalancer?: elbv2.IApplicationLoadBalancer;

  /**
   * From where, and as who, an ALB of another account or region is looked after: its addresses are read, and those of the
   * NLB are allowed in its security group. `SyncAccessRole` makes such a role there. The path is `ip-sync`.
   *
   * The VPCs must be joined, by peering or a transit gateway, with routes both ways; their ranges must not overlap.
   *
   * @default - the ALB is of this account and region
   */
  readonly applicationLoadBalancerReach?: ReachOptions;

  /**
   * The listener of the existing ALB, whose rules say what is forwarded where.
   *
   * @default - a new one; with `applicationLoadBalancerReach`, the one on `applicationListenerPort`
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
   * Where the load balancers that are made log requests: the ALB under `alb`, an NLB with a certificate under `nlb`. The
   * stack must say which region it is for.
   *
   * @default - nowhere
   */
  readonly accessLogsBucket?: s3.IBucket;

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
