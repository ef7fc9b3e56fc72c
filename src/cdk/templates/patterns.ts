const octet = '(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])';
const ipv4 = `${octet}([.]${octet}){3}`;
const port = '(6553[0-5]|655[0-2][0-9]|65[0-4][0-9]{2}|6[0-4][0-9]{3}|[1-5][0-9]{4}|[1-9][0-9]{0,3})';
const elb = 'arn:[a-z-]+:elasticloadbalancing:[a-z0-9-]+:[0-9]{12}';

type Pattern =
  | 'certificateArn'
  | 'dnsName'
  | 'externalId'
  | 'ipv4List'
  | 'loadBalancerArn'
  | 'nameServers'
  | 'ports'
  | 'prefixListId'
  | 'roleArn'
  | 'securityGroupId'
  | 'securityGroupIds'
  | 'subnetIds'
  | 'targetGroupArn'
  | 'topicArn'
  | 'vpcEndpointId'
  | 'zone';

/**
 * What parameters may be, as `AllowedPattern` has it. None takes a quotation mark or a backslash: the values become part
 * of a JSON text as they are.
 */
export const patterns: Readonly<Record<Pattern, string>> = {
  certificateArn:
    'arn:[a-z-]+:(acm|iam):[a-z0-9-]*:[0-9]{12}:(certificate|server-certificate)/[A-Za-z0-9/_-]+',
  // The last label begins with a letter: an address is no name.
  dnsName: '([A-Za-z0-9_][A-Za-z0-9_-]{0,62}[.])*[A-Za-z_][A-Za-z0-9_-]{0,62}[.]?',
  externalId: '[A-Za-z0-9_+=,.@:/-]{2,1224}',
  ipv4List: `${ipv4}(,${ipv4})*`,
  loadBalancerArn: `${elb}:loadbalancer/(app|net)/[A-Za-z0-9-]+/[0-9a-f]+`,
  nameServers: `${ipv4}(:${port})?(,${ipv4}(:${port})?)*`,
  ports: `${port}(,${port})*`,
  prefixListId: 'pl-[0-9a-f]+',
  roleArn: 'arn:[a-z-]+:iam::[0-9]{12}:role/[A-Za-z0-9_+=,.@/-]+',
  securityGroupId: 'sg-[0-9a-f]+',
  securityGroupIds: 'sg-[0-9a-f]+(,sg-[0-9a-f]+)*',
  subnetIds: 'subnet-[0-9a-f]+(,subnet-[0-9a-f]+)*',
  targetGroupArn: `${elb}:targetgroup/[A-Za-z0-9-]+/[0-9a-f]+`,
  topicArn: 'arn:[a-z-]+:sns:[a-z0-9-]+:[0-9]{12}:[A-Za-z0-9_-]+([.]fifo)?',
  vpcEndpointId: 'vpce-[0-9a-f]+',
  zone: '(all|none|[a-z]+(-[a-z0-9]+){2,})',
};
