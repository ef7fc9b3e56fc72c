import { DnsTarget } from 'albridge/cdk';
import { CfnOutput, Duration, Stack, type StackProps, Validations } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';

export interface DatabaseServiceStackProps extends StackProps {
  /** Who may have an endpoint to the service: ARNs of accounts' roots, or of principals in them. */
  readonly consumers: string[];
  readonly database: {
    /** Its name, which another instance answers to after a failover. */
    readonly name: string;
    readonly port: number;
    readonly securityGroupId: string;
  };
  readonly vpc: ec2.VpcAttributes;
}

/** A database as a PrivateLink service for other accounts: an endpoint service, an NLB, and a name that fails over. */
export class DatabaseServiceStack extends Stack {
  constructor(scope: Construct, id: string, props: DatabaseServiceStackProps) {
    super(scope, id, props);
    const { consumers, database, vpc: attributes } = props;
    const vpc = ec2.Vpc.fromVpcAttributes(this, 'Vpc', attributes);

    const nlb = new elbv2.NetworkLoadBalancer(this, 'Nlb', {
      crossZoneEnabled: true,
      // Consumers come by PrivateLink, from addresses of their own VPCs.
      enforceSecurityGroupInboundRulesOnPrivateLinkTraffic: false,
      securityGroups: [
        new ec2.SecurityGroup(this, 'NlbSecurityGroup', {
          allowAllOutbound: false,
          description: 'Marks the NLB, for the database to admit',
          vpc,
        }),
      ],
      vpc,
    });
    Validations.of(nlb).acknowledge({
      id: 'AwsSolutions-ELB2',
      reason: 'An NLB logs connections of TLS listeners only, and this one has none',
    });
    const securityGroup = ec2.SecurityGroup.fromSecurityGroupId(this, 'Database', database.securityGroupId);
    nlb.connections.allowTo(securityGroup, ec2.Port.tcp(database.port), 'The database');

    const writer = new DnsTarget(database.name, { every: Duration.seconds(10) });
    const targetGroup = new elbv2.NetworkTargetGroup(this, 'Writer', {
      // Whoever was connected to the former writer connects anew, rather than to write to a reader.
      connectionTermination: true,
      deregistrationDelay: Duration.seconds(5),
      healthCheck: { interval: Duration.seconds(10) },
      port: database.port,
      targets: [writer],
      vpc,
    });
    nlb.addListener('Listener', { defaultTargetGroups: [targetGroup], port: database.port });

    const service = new ec2.VpcEndpointService(this, 'Service', {
      acceptanceRequired: false,
      allowedPrincipals: consumers.map((arn) => new iam.ArnPrincipal(arn)),
      vpcEndpointServiceLoadBalancers: [nlb],
    });

    new CfnOutput(this, 'ServiceName', { value: service.vpcEndpointServiceName });
  }
}
