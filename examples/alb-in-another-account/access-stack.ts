import { SyncAccessRole } from 'albridge/cdk';
import { Stack, type StackProps } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { Agreement } from './agreement.ts';

export interface AccessStackProps extends StackProps {
  readonly agreement: Agreement;
  /** The security group of the ALB. */
  readonly albSecurityGroupId: string;
  /** The account of the bridge. */
  readonly bridgeAccount: string;
}

/** In the account of the ALB: the role by which the bridge follows the ALB, and admits its NLB there. */
export class AccessStack extends Stack {
  constructor(scope: Construct, id: string, props: AccessStackProps) {
    super(scope, id, props);
    const { accessRoleName, externalId, syncRoleName } = props.agreement;

    new SyncAccessRole(this, 'Access', {
      externalId,
      roleName: accessRoleName,
      securityGroups: [ec2.SecurityGroup.fromSecurityGroupId(this, 'Alb', props.albSecurityGroupId)],
      sources: ['load-balancer'],
      syncRole: iam.Role.fromRoleArn(
        this,
        'Sync',
        `arn:aws:iam::${props.bridgeAccount}:role/${syncRoleName}`,
      ),
    });
  }
}
