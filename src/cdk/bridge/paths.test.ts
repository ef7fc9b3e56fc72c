import { Duration } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { describe, expect, test } from 'vitest';
import { bridgeStack } from '../testing/bridge-stack.ts';
import { existingAlb } from '../testing/existing-alb.ts';

const type = (name: string): string => `AWS::ElasticLoadBalancingV2::${name}`;
const arn = 'arn:aws:elasticloadbalancing:us-east-1:123456789012';
const certificate = elbv2.ListenerCertificate.fromArn('arn:aws:acm:us-east-1:123456789012:certificate/1');

function synthesize(...options: Parameters<typeof bridgeStack>): Template {
  return Template.fromStack(bridgeStack(...options).stack);
}

describe('alb-target', () => {
  test('has the ALB itself for a target, on a port beside that of ip-sync', () => {
    const template = synthesize({ path: 'alb-target' });
    template.hasResource(type('TargetGroup'), {
      DependsOn: Match.arrayWith([Match.stringLikeRegexp('AlbListener')]),
      Properties: {
        Matcher: { HttpCode: '200-599' },
        Protocol: 'TCP',
        TargetGroupAttributes: Match.absent(),
        TargetType: 'alb',
        Targets: [{ Id: { Ref: Match.stringLikeRegexp('Alb') }, Port: 80 }],
      },
    });
    template.hasResourceProperties(type('Listener'), { Port: 81, Protocol: 'TCP' });
    template.resourceCountIs('AWS::Events::Rule', 0);
  });

  test('is seen by the ALB as the VPC link of an HTTP API, so that is admitted', () => {
    synthesize({ apiType: 'HTTP', path: 'alb-target' }).hasResourceProperties(
      'AWS::EC2::SecurityGroupIngress',
      {
        FromPort: 80,
        SourceSecurityGroupId: { 'Fn::GetAtt': [Match.stringLikeRegexp('LinkSecurityGroup'), 'GroupId'] },
      },
    );
  });
});

describe('direct', () => {
  test('leads a REST API to the ALB, without an NLB or functions', () => {
    const template = synthesize({ path: 'direct' });
    template.allResourcesProperties('AWS::ApiGateway::Method', {
      Integration: Match.objectLike({
        ConnectionId: { Ref: Match.stringLikeRegexp('Link') },
        IntegrationTarget: { Ref: Match.stringLikeRegexp('Alb') },
      }),
    });
    template.resourceCountIs(type('LoadBalancer'), 1);
    template.resourceCountIs('AWS::Lambda::Function', 0);
    template.hasResourceProperties('AWS::EC2::SecurityGroup', { SecurityGroupIngress: Match.absent() });
    template.hasResourceProperties('AWS::EC2::SecurityGroupIngress', {
      SourceSecurityGroupId: { 'Fn::GetAtt': [Match.stringLikeRegexp('LinkSecurityGroup'), 'GroupId'] },
    });
  });

  test('leads an HTTP API to the listener of the ALB', () => {
    synthesize({ apiType: 'HTTP', path: 'direct' }).hasResourceProperties('AWS::ApiGatewayV2::Integration', {
      IntegrationUri: { Ref: Match.stringLikeRegexp('AlbListener') },
    });
  });
});

describe('a change of path', () => {
  test('waits for healthy targets before the API is deployed', () => {
    for (const path of ['ip-sync', 'alb-target'] as const) {
      const template = synthesize({ path });
      const [gate = ''] = Object.keys(template.findResources('Custom::HealthyTargets'));
      template.hasResource('AWS::ApiGateway::Deployment', { DependsOn: Match.arrayWith([gate]) });
      template.hasResource('Custom::HealthyTargets', {
        DependsOn: Match.arrayWith([Match.stringLikeRegexp('NlbA?l?b?Listener')]),
      });
    }
  });

  test('shares neither listener nor target group nor gate with the former path', () => {
    const idsOf = (path: 'ip-sync' | 'alb-target') => {
      const template = synthesize({ path });
      return [type('Listener'), type('TargetGroup'), 'Custom::HealthyTargets'].flatMap((one) =>
        Object.keys(template.findResources(one)),
      );
    };
    const ofBoth = idsOf('ip-sync').filter((id) => idsOf('alb-target').includes(id));
    expect(ofBoth).toEqual([
      expect.stringMatching('^BridgeAlbListener'),
      expect.stringMatching('^BridgeAlbTargetGroup'),
    ]);
  });

  test('leaves the former path until its requests have ended', () => {
    const drained = (props: Parameters<typeof bridgeStack>[0]) =>
      Object.values(synthesize(props).findResources('Custom::DrainedRequests'));
    expect(drained({})).toMatchObject([
      {
        DependsOn: [expect.stringContaining('DeploymentStage')],
        Properties: { drainSeconds: 35, upstream: 'ip-sync' },
      },
    ]);
    expect(drained({ apiType: 'HTTP', drainTimeout: Duration.minutes(2), path: 'alb-target' })).toMatchObject(
      [
        {
          DependsOn: expect.arrayContaining([expect.stringContaining('HttpApiRoute')]),
          Properties: { drainSeconds: 120, upstream: 'alb-target' },
        },
      ],
    );
    expect(drained({ path: 'direct' })).toEqual([]);
  });

  test('keeps a standby ready, to which no integration leads', () => {
    const template = synthesize({ path: 'direct', standby: 'ip-sync' });
    template.resourceCountIs(type('LoadBalancer'), 2);
    template.resourceCountIs('AWS::Events::Rule', 1);
    template.resourceCountIs('AWS::ApiGateway::VpcLink', 1);
    template.allResourcesProperties('AWS::ApiGateway::Method', {
      Integration: Match.objectLike({ IntegrationTarget: Match.anyValue() }),
    });
  });
});

describe('ingress by security group', () => {
  test('admits the NLB’s group, which lets PrivateLink in', () => {
    const template = synthesize({ ingress: 'security-group' });
    template.hasResourceProperties(type('LoadBalancer'), {
      EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic: 'off',
      SecurityGroups: [{ 'Fn::GetAtt': [Match.stringLikeRegexp('NlbSecurityGroup'), 'GroupId'] }],
      Type: 'network',
    });
    for (const direction of ['Ingress', 'Egress']) {
      template.hasResourceProperties(`AWS::EC2::SecurityGroup${direction}`, { FromPort: 80, ToPort: 80 });
    }
    template.resourceCountIs('Custom::PrivateIps', 0);
  });
});

describe('TLS', () => {
  test('passes through the NLB to a certificate of the ALB', () => {
    const template = synthesize({ albCertificate: certificate, serverName: 'api.example.com' });
    template.hasResourceProperties(type('Listener'), {
      Certificates: [{ CertificateArn: Match.anyValue() }],
      Port: 443,
      Protocol: 'HTTPS',
    });
    template.hasResourceProperties(type('Listener'), { Port: 443, Protocol: 'TCP' });
    template.hasResourceProperties(type('TargetGroup'), { Port: 443, Protocol: 'TCP' });
    template.hasResourceProperties('AWS::ApiGateway::Method', {
      Integration: Match.objectLike({ Uri: 'https://api.example.com/{proxy}' }),
    });
  });

  test('ends at a certificate of the NLB', () => {
    const template = synthesize({ nlbCertificate: certificate, serverName: 'api.example.com' });
    template.hasResourceProperties(type('Listener'), { Port: 443, Protocol: 'TLS' });
    template.hasResourceProperties(type('TargetGroup'), { Port: 80, Protocol: 'TCP' });
    template.hasResourceProperties(type('Listener'), { Port: 80, Protocol: 'HTTP' });
  });

  test('is begun anew between NLB and ALB where both have a certificate', () => {
    const both = { albCertificate: certificate, nlbCertificate: certificate, serverName: 'api.example.com' };
    const template = synthesize(both);
    template.hasResourceProperties(type('TargetGroup'), { Port: 443, Protocol: 'TLS' });
  });

  test('has an HTTP API check the name', () => {
    const options = { albCertificate: certificate, apiType: 'HTTP', serverName: 'api.example.com' } as const;
    synthesize({ ...options, path: 'direct' }).hasResourceProperties('AWS::ApiGatewayV2::Integration', {
      TlsConfig: { ServerNameToVerify: 'api.example.com' },
    });
  });

  test('takes a certificate of the stack', () => {
    const template = synthesize((stack) => ({
      albCertificate: new acm.Certificate(stack, 'Certificate', { domainName: 'api.example.com' }),
      serverName: 'api.example.com',
    }));
    template.hasResourceProperties(type('Listener'), {
      Certificates: [{ CertificateArn: { Ref: Match.stringLikeRegexp('Certificate') } }],
    });
  });
});

describe('existing load balancers', () => {
  test('are led to, and admit the path by a rule of its own', () => {
    const template = synthesize(existingAlb);
    template.resourceCountIs(type('LoadBalancer'), 1);
    template.hasResourceProperties('AWS::EC2::SecurityGroupIngress', {
      GroupId: 'sg-0a1b',
      SourceSecurityGroupId: { 'Fn::GetAtt': [Match.stringLikeRegexp('NlbSecurityGroup'), 'GroupId'] },
    });
  });

  test('get a listener for the path', () => {
    const template = synthesize((stack) => ({
      ...existingAlb(stack),
      networkLoadBalancer: elbv2.NetworkLoadBalancer.fromNetworkLoadBalancerAttributes(stack, 'Nlb', {
        loadBalancerArn: `${arn}:loadbalancer/net/edge/0123456789abcdef`,
        loadBalancerDnsName: 'edge.internal',
        loadBalancerSecurityGroups: ['sg-nlb'],
      }),
    }));
    template.resourceCountIs(type('LoadBalancer'), 0);
    template.hasResourceProperties(type('Listener'), {
      LoadBalancerArn: `${arn}:loadbalancer/net/edge/0123456789abcdef`,
      Port: 80,
    });
    template.hasResourceProperties('AWS::EC2::SecurityGroupIngress', { SourceSecurityGroupId: 'sg-nlb' });
  });
});

test.each([
  { name: 'networkLoadBalancer', error: "this bridge has no networkLoadBalancer, as its path is 'direct'" },
  { name: 'sync', error: "this bridge has no sync, as its path is 'direct'" },
  { name: 'vpcLink', error: 'this bridge has no vpcLink, as its API has a VPC link V2: use vpcLinkV2' },
  { name: 'httpApiId', error: 'this bridge has no httpApiId, as its API is no HTTP API' },
] as const)('says why there is no $name', ({ name, error }) => {
  const { bridge } = bridgeStack({ path: 'direct' });
  expect(() => bridge[name]).toThrow(error);
});
