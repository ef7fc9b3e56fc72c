import { ArnFormat, Stack, Validations } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { readActions, type SinkKind, type SourceKind, writeActions } from './sync-permissions.ts';

/** Properties of `SyncAccessRole`. */
export interface SyncAccessRoleProps {
  /**
   * The role of the sync function that may assume this one: name it by `roleName` there, and import it here by
   * `iam.Role.fromRoleArn`. It need not be there yet.
   */
  readonly syncRole: iam.IRole;

  /**
   * What the sync function has to say besides: `externalId` of its reach.
   *
   * @default - none
   */
  readonly externalId?: string;

  /**
   * The name of the role, for others to import it by before it is there.
   *
   * @default - chosen by CloudFormation
   */
  readonly roleName?: string;

  /**
   * A role that is there already, in place of a new one: it gets the permissions, and keeps its trust policy.
   *
   * @default - a new one, that trusts `syncRole`
   */
  readonly role?: iam.IRole;

  /**
   * The kinds of sources that are read in this account and region: `load-balancer`, `vpc-endpoint`,
   * `network-interfaces`. AWS has no resource-level permissions for reading them.
   *
   * @default - none
   */
  readonly sources?: SourceKind[];

  /**
   * Security groups in which addresses are allowed.
   *
   * @default - none
   */
  readonly securityGroups?: ec2.ISecurityGroup[];

  /**
   * Prefix lists that hold addresses.
   *
   * @default - none
   */
  readonly prefixLists?: ec2.IPrefixList[];

  /**
   * Target groups that hold addresses.
   *
   * @default - none
   */
  readonly targetGroups?: elbv2.ITargetGroup[];
}

/**
 * A role for the sync function of another account or region: what it reads and writes here, it does as this role. It is
 * given as `role` of a source, of `targetGroupReach`, `listReach` or `applicationLoadBalancerReach`.
 */
export class SyncAccessRole extends Construct {
  /** The role, made or given. */
  readonly role: iam.IRole;

  constructor(scope: Construct, id: string, props: SyncAccessRoleProps) {
    super(scope, id);
    const document = new iam.PolicyDocument({ statements: statementsOf(Stack.of(this), props) });
    if (document.isEmpty) {
      throw new Error(
        `'${this.node.path}' must reach something, got nothing: give sources, securityGroups, prefixLists or targetGroups`,
      );
    }
    Validations.of(this).acknowledge({
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason: 'AWS has no resource-level permissions for reading',
    });
    if (props.role) {
      checkGiven(props);
      this.role = props.role;
      this.role.attachInlinePolicy(new iam.Policy(this, 'Policy', { document }));
      return;
    }
    this.role = new iam.Role(this, 'Resource', {
      assumedBy: trusting(props),
      description: 'Read and written as by the sync function of albridge elsewhere',
      inlinePolicies: { Access: document },
      roleName: props.roleName,
    });
  }

  /** The ARN of the role. */
  get roleArn(): string {
    return this.role.roleArn;
  }
}

function checkGiven({ externalId, roleName }: SyncAccessRoleProps): void {
  if (externalId !== undefined || roleName !== undefined) {
    throw new Error(
      'externalId and roleName are those of a new role, got role as well: set them where it is made',
    );
  }
}

/**
 * IAM refuses a trust policy that names a role which is not there, and forgets one that is deleted and made anew. So the
 * account is what is trusted, and a condition says which of its roles.
 */
function trusting({ externalId, syncRole }: SyncAccessRoleProps): iam.IPrincipal {
  const account = Stack.of(syncRole).splitArn(syncRole.roleArn, ArnFormat.SLASH_RESOURCE_NAME).account;
  return new iam.PrincipalWithConditions(new iam.AccountPrincipal(account), {
    ArnEquals: { 'aws:PrincipalArn': syncRole.roleArn },
    ...(externalId !== undefined && { StringEquals: { 'sts:ExternalId': externalId } }),
  });
}

function statementsOf(stack: Stack, props: SyncAccessRoleProps): iam.PolicyStatement[] {
  const { prefixLists = [], securityGroups = [], sources = [], targetGroups = [] } = props;
  const ec2Arn = (resource: string, resourceName: string) =>
    stack.formatArn({ service: 'ec2', resource, resourceName });
  const written: [SinkKind, string[]][] = [
    ['security-group', securityGroups.map((one) => ec2Arn('security-group', one.securityGroupId))],
    ['prefix-list', prefixLists.map((one) => ec2Arn('prefix-list', one.prefixListId))],
    ['target-group', targetGroups.map(({ targetGroupArn }) => targetGroupArn)],
  ];
  const sinks = written.filter(([, resources]) => resources.length > 0);
  const reads = [...sources, ...sinks.map(([kind]) => kind)].flatMap((kind) => readActions[kind]);
  return [
    ...(reads.length > 0
      ? [new iam.PolicyStatement({ actions: [...new Set(reads)].sort(), resources: ['*'] })]
      : []),
    ...sinks.map(([kind, resources]) => new iam.PolicyStatement({ actions: writeActions[kind], resources })),
  ];
}
