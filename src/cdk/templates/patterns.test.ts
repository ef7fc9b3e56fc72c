import { expect, test } from 'vitest';
import { patterns } from './patterns.ts';

const elb = 'arn:aws:elasticloadbalancing:us-east-1:000000000000';

const cases: Record<keyof typeof patterns, { takes: string[]; refuses: string[] }> = {
  certificateArn: {
    takes: [
      'arn:aws:acm:us-east-1:000000000000:certificate/0123-4567',
      'arn:aws:iam::000000000000:server-certificate/x',
    ],
    refuses: ['', 'certificate/0123', 'arn:aws:acm:us-east-1:000000000000:certificate/"'],
  },
  dnsName: {
    takes: ['db', 'db.example.internal', 'db.example.internal.', '_db._tcp.example', '0.pool.ntp.example'],
    refuses: ['', '10.0.0.1', 'db..example', '-db.example', 'db.example/', 'a"b', 'a b'],
  },
  externalId: { takes: ['orders', 'a/b:c=d@e'], refuses: ['', 'a', 'a b', 'a"b', 'a\\b'] },
  ipv4List: {
    takes: ['10.0.0.1', '10.0.0.1,255.255.255.255'],
    refuses: ['', '10.0.0.256', '10.0.0.1, 10.0.0.2', '10.0.0.1,', '010.0.0.1', '10.0.0.0/24'],
  },
  loadBalancerArn: {
    takes: [
      `${elb}:loadbalancer/app/orders/0123456789abcdef`,
      `${elb}:loadbalancer/net/edge/0123456789abcdef`,
    ],
    refuses: [
      '',
      'orders',
      `${elb}:loadbalancer/gwy/orders/0123456789abcdef`,
      `${elb}:targetgroup/orders/0123`,
    ],
  },
  nameServers: {
    takes: ['10.0.0.2', '10.0.0.2:53', '10.0.0.2,10.0.0.3:5353'],
    refuses: ['', '10.0.0.2:0', '10.0.0.2:65536', 'dns.example', '10.0.0.2 10.0.0.3'],
  },
  ports: { takes: ['80', '80,443', '65535'], refuses: ['', '0', '080', '65536', '80, 443', '80-90'] },
  prefixListId: { takes: ['pl-0123456789abcdef0'], refuses: ['', 'pl-', 'sg-0123', 'pl-0123"'] },
  roleArn: {
    takes: ['arn:aws:iam::000000000000:role/reader', 'arn:aws-cn:iam::000000000000:role/team/reader'],
    refuses: ['', 'reader', 'arn:aws:iam::000000000000:user/reader', 'arn:aws:iam::0:role/reader'],
  },
  securityGroupId: { takes: ['sg-0123456789abcdef0'], refuses: ['', 'sg-', 'default', 'sg-0123,sg-4567'] },
  securityGroupIds: { takes: ['sg-0123', 'sg-0123,sg-4567'], refuses: ['', 'sg-0123,', 'sg-0123, sg-4567'] },
  subnetIds: { takes: ['subnet-0123', 'subnet-0123,subnet-4567'], refuses: ['', 'subnet-', 'sg-0123'] },
  targetGroupArn: {
    takes: [`${elb}:targetgroup/orders/0123456789abcdef`],
    refuses: ['', 'orders', `${elb}:loadbalancer/app/orders/0123456789abcdef`],
  },
  topicArn: {
    takes: ['arn:aws:sns:us-east-1:000000000000:alarms', 'arn:aws:sns:us-east-1:000000000000:alarms.fifo'],
    refuses: ['', 'alarms', 'arn:aws:sqs:us-east-1:000000000000:alarms'],
  },
  vpcEndpointId: { takes: ['vpce-0123456789abcdef0'], refuses: ['', 'vpce-', 'vpc-0123'] },
  zone: {
    takes: ['all', 'none', 'us-east-1a', 'us-west-2-lax-1a'],
    refuses: ['', 'any', 'us', 'US-EAST-1A'],
  },
};

test.each(Object.entries(cases))('%s takes what it should, and nothing else', (name, { takes, refuses }) => {
  const pattern = new RegExp(`^${patterns[name as keyof typeof patterns]}$`);
  for (const text of takes) expect(text).toMatch(pattern);
  for (const text of refuses) expect(text).not.toMatch(pattern);
});
