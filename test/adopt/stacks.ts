/** What people run, as templates of our own with the interfaces of theirs. */

const ref = (Ref: string): object => ({ Ref });
const attribute = (...path: [string, string]): object => ({ 'Fn::GetAtt': path });

interface Network {
  vpcId: string;
  subnetIds: readonly string[];
}

/** An ALB that answers everything itself. */
export function albTemplate({ vpcId, subnetIds }: Network): object {
  return {
    Resources: {
      Group: {
        Type: 'AWS::EC2::SecurityGroup',
        Properties: {
          GroupDescription: 'the VPC',
          VpcId: vpcId,
          SecurityGroupIngress: [{ IpProtocol: 'tcp', FromPort: 80, ToPort: 80, CidrIp: '10.0.0.0/16' }],
        },
      },
      Alb: {
        Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
        Properties: {
          Name: 'shop',
          Type: 'application',
          Scheme: 'internal',
          Subnets: subnetIds,
          SecurityGroups: [attribute('Group', 'GroupId')],
        },
      },
      Listener: {
        Type: 'AWS::ElasticLoadBalancingV2::Listener',
        Properties: {
          LoadBalancerArn: ref('Alb'),
          Port: 80,
          Protocol: 'HTTP',
          DefaultActions: [
            { Type: 'fixed-response', FixedResponseConfig: { StatusCode: '200', MessageBody: 'hello' } },
          ],
        },
      },
    },
    Outputs: {
      AlbArn: { Value: ref('Alb') },
      GroupId: { Value: attribute('Group', 'GroupId') },
      DnsName: { Value: attribute('Alb', 'DNSName') },
    },
  };
}

/** An NLB whose ip target group is left to an updater. */
export function nlbTemplate({ vpcId, subnetIds }: Network): object {
  return {
    Resources: {
      Nlb: {
        Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
        Properties: {
          Type: 'network',
          Scheme: 'internal',
          Subnets: subnetIds,
          // Requests go to one node, whose zone can be without a target while the ALB scales: DNS would leave it out.
          LoadBalancerAttributes: [{ Key: 'load_balancing.cross_zone.enabled', Value: 'true' }],
        },
      },
      Targets: {
        Type: 'AWS::ElasticLoadBalancingV2::TargetGroup',
        Properties: { Protocol: 'TCP', Port: 80, TargetType: 'ip', VpcId: vpcId },
      },
      Listener: {
        Type: 'AWS::ElasticLoadBalancingV2::Listener',
        Properties: {
          LoadBalancerArn: ref('Nlb'),
          Port: 80,
          Protocol: 'TCP',
          DefaultActions: [{ Type: 'forward', TargetGroupArn: ref('Targets') }],
        },
      },
    },
    Outputs: {
      NlbArn: { Value: ref('Nlb') },
      TargetGroupArn: { Value: ref('Targets') },
      ListenerArn: { Value: ref('Listener') },
    },
  };
}

export interface Updater {
  bucket: string;
  key: string;
  handler: string;
  /** Its environment. */
  variables: Readonly<Record<string, string>>;
  /** What its role may do, as far as that is known when it is made. */
  policy?: object;
  /** The event of the schedule. */
  input?: object;
  /** Whether the schedule invokes an alias, `PROD`, of a version. */
  hasAlias?: boolean;
}

/** A function that a rule invokes each minute. */
export function updaterTemplate({
  bucket,
  key,
  handler,
  variables,
  policy,
  input,
  hasAlias,
}: Updater): object {
  const invoked = hasAlias ? ref('Alias') : attribute('Function', 'Arn');
  return {
    Resources: {
      Role: {
        Type: 'AWS::IAM::Role',
        Properties: {
          ...(policy && { Policies: [{ PolicyName: 'own', PolicyDocument: policy }] }),
          AssumeRolePolicyDocument: {
            Version: '2012-10-17',
            Statement: [
              { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' },
            ],
          },
        },
      },
      Function: {
        Type: 'AWS::Lambda::Function',
        Properties: {
          Code: { S3Bucket: bucket, S3Key: key },
          Runtime: 'nodejs20.x',
          Handler: handler,
          Role: attribute('Role', 'Arn'),
          Timeout: 50,
          Environment: { Variables: variables },
        },
      },
      ...(hasAlias && {
        Version: { Type: 'AWS::Lambda::Version', Properties: { FunctionName: ref('Function') } },
        Alias: {
          Type: 'AWS::Lambda::Alias',
          Properties: {
            FunctionName: ref('Function'),
            FunctionVersion: attribute('Version', 'Version'),
            Name: 'PROD',
          },
        },
      }),
      Rule: {
        Type: 'AWS::Events::Rule',
        Properties: {
          ScheduleExpression: 'rate(1 minute)',
          Targets: [{ Id: 'updater', Arn: invoked, ...(input && { Input: JSON.stringify(input) }) }],
        },
      },
      Permission: {
        Type: 'AWS::Lambda::Permission',
        Properties: {
          Action: 'lambda:InvokeFunction',
          FunctionName: invoked,
          Principal: 'events.amazonaws.com',
          SourceArn: attribute('Rule', 'Arn'),
        },
      },
    },
    Outputs: {
      FunctionName: { Value: ref('Function') },
      RoleName: { Value: ref('Role') },
    },
  };
}
