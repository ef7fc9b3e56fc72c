export type ParameterValues = Readonly<Record<string, string>>;

const elb = 'arn:aws:elasticloadbalancing:us-east-1:000000000000';

export const loadBalancerArn = `${elb}:loadbalancer/app/orders/0123456789abcdef`;
export const targetGroupArn = `${elb}:targetgroup/orders/0123456789abcdef`;

/** What each template cannot do without. */
export const required: Readonly<Record<string, ParameterValues>> = {
  'allow-list': { LoadBalancerArn: loadBalancerArn, SecurityGroupId: 'sg-0123', Ports: '80' },
  bridge: { VpcId: 'vpc-0123', SubnetIds: 'subnet-0,subnet-1', TargetAddresses: '10.0.0.10' },
  'bridge-new-vpc': { TargetAddresses: '10.0.0.10' },
  'dns-updater': { DnsName: 'db.example.internal', TargetGroupArn: targetGroupArn },
  updater: { LoadBalancerArn: loadBalancerArn, TargetGroupArn: targetGroupArn },
};
