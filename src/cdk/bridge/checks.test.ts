import { App, Duration, Stack } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import { HttpIamAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { describe, expect, test } from 'vitest';
import { bridgeStack } from '../testing/bridge-stack.ts';
import { existingAlb } from '../testing/existing-alb.ts';
import { ApiGatewayAlbBridge } from './api-gateway-alb-bridge.ts';
import type { ApiGatewayAlbBridgeProps } from './api-gateway-alb-bridge-props.ts';

const certificate = elbv2.ListenerCertificate.fromArn('arn:aws:acm:us-east-1:123456789012:certificate/1');
const openApi = { openapi: '3.0.1', paths: { '/': { get: {} } } };

interface Case {
  name: string;
  props: Partial<ApiGatewayAlbBridgeProps>;
  error: string;
}

test.each<Case>([
  {
    name: 'a WebSocket API without an NLB',
    props: { apiType: 'WEBSOCKET', path: 'direct' },
    error: "path 'direct' is not for a WebSocket API",
  },
  {
    name: 'an ALB target behind TLS',
    props: { nlbCertificate: certificate, path: 'alb-target', serverName: 'a.example' },
    error: "path 'alb-target' is behind TCP listeners only",
  },
  {
    name: 'a certificate of an NLB that is not there',
    props: { nlbCertificate: certificate, path: 'direct', serverName: 'a.example' },
    error: "path 'direct' has no NLB: use albCertificate",
  },
  {
    name: 'a certificate without a name',
    props: { albCertificate: certificate },
    error: 'serverName is missing',
  },
  {
    name: 'a standby that is the path',
    props: { standby: 'ip-sync' },
    error: "standby must be another path than path, got 'ip-sync' for both",
  },
  {
    name: 'security groups of a function',
    props: { securityGroups: [] },
    error: 'securityGroups are those of a function in a VPC',
  },
  {
    name: 'to wait longer than a custom resource can',
    props: { drainTimeout: Duration.minutes(11) },
    error: 'drainTimeout must be 10 minutes at the most',
  },
  {
    name: 'an HTTP API with a usage plan',
    props: { apiType: 'HTTP', usagePlan: {} },
    error: "usagePlan is for REST APIs only, got the apiType 'HTTP'",
  },
  {
    name: 'an HTTP API with a canary',
    props: { apiType: 'HTTP', canary: { percentTraffic: 10 } },
    error: "canary is for REST APIs only, got the apiType 'HTTP'",
  },
  {
    name: 'an HTTP API that retains deployments',
    props: { apiType: 'HTTP', retainDeployments: true },
    error: "retainDeployments is for REST APIs only, got the apiType 'HTTP'",
  },
  {
    name: 'a canary of more than everything',
    props: { canary: { percentTraffic: 101 } },
    error: 'canary.percentTraffic must be 0 to 100, got 101',
  },
  {
    name: 'keys without a plan',
    props: { apiKeys: [] },
    error: 'apiKeys are those of a usage plan',
  },
  {
    name: 'a plan that nothing asks a key for',
    props: { openApi, usagePlan: {} },
    error: 'usagePlan is without effect',
  },
  {
    name: 'an authorizer beside a document',
    props: { authorizationType: apigateway.AuthorizationType.IAM, openApi },
    error: 'authorizers stand in the document itself',
  },
  {
    name: 'an authorizer of the other kind of API',
    props: { authorizer: new HttpIamAuthorizer() },
    error: "authorizer must be one of aws-apigateway for the apiType 'REST'",
  },
  {
    name: 'a document without paths',
    props: { openApi: { openapi: '3.0.1' } },
    error: 'openApi has no paths',
  },
  {
    name: 'a document of another version',
    props: { openApi: { paths: openApi.paths, swagger: '2.0' } },
    error: "openApi must be an OpenAPI 3 document, got the version '2.0'",
  },
  {
    name: 'a WebSocket API of a document',
    props: { apiType: 'WEBSOCKET', openApi },
    error: 'openApi is not for a WebSocket API',
  },
])('refuses $name', ({ props, error }) => {
  expect(() => bridgeStack(props)).toThrow(error);
});

describe('of an ALB elsewhere', () => {
  const reach = { externalId: undefined, region: 'eu-west-1' };

  test.each<Case>([
    {
      name: 'a way to one that is not given',
      props: { applicationLoadBalancerReach: reach },
      error: 'applicationLoadBalancerReach is that of an ALB elsewhere, got none',
    },
    {
      name: 'a VPC link to it',
      props: { applicationLoadBalancerReach: reach, path: 'direct' },
      error:
        "path 'direct' is not for an ALB elsewhere: link, load balancer and API must be owned by one account",
    },
    {
      name: 'it as a target',
      props: { applicationLoadBalancerReach: reach, standby: 'alb-target' },
      error: "path 'alb-target' is not for an ALB elsewhere",
    },
    {
      name: 'a reference to a security group here',
      props: { applicationLoadBalancerReach: reach, ingress: 'security-group' },
      error: "ingress 'security-group' is not for an ALB elsewhere",
    },
    {
      name: 'a reference to a prefix list here',
      props: { applicationLoadBalancerReach: reach, ingress: 'prefix-list' },
      error: "ingress 'prefix-list' is not for an ALB elsewhere",
    },
  ])('refuses $name', ({ name, props, error }) => {
    const alb = name === 'a way to one that is not given' ? () => ({}) : existingAlb;
    expect(() => bridgeStack((stack) => ({ ...alb(stack), ...props }))).toThrow(error);
  });

  test('refuses to take it for one that is here', () => {
    const env = { account: '123456789012', region: 'eu-west-1' };
    const stack = new Stack(new App(), 'Elsewhere', { env });
    expect(() => new ApiGatewayAlbBridge(stack, 'Bridge', existingAlb(stack))).toThrow(
      'applicationLoadBalancer is in the region us-east-1, and the bridge in eu-west-1: give applicationLoadBalancerReach',
    );
  });
});

test('refuses a size of a prefix list that there is none of', () => {
  expect(() => bridgeStack({ prefixListMaxEntries: 5 })).toThrow(
    "prefixListMaxEntries is without effect, as ingress is 'addresses'",
  );
  expect(() => bridgeStack((stack) => ({ ...existingAlb(stack), prefixListMaxEntries: 5 }))).toThrow(
    "prefixListMaxEntries is without effect, as ingress is 'security-group'",
  );
});

test('refuses half of an existing ALB', () => {
  expect(() =>
    bridgeStack((stack) => ({
      applicationListener: elbv2.ApplicationListener.fromApplicationListenerAttributes(stack, 'Listener', {
        listenerArn: 'arn:aws:elasticloadbalancing:us-east-1:123456789012:listener/app/a/1/2',
        securityGroup: undefined as never,
      }),
      targets: [],
    })),
  ).toThrow('applicationLoadBalancer and applicationListener go together');
});

test.each([
  ['binaryMediaTypes', ['image/png']],
  ['endpointType', apigateway.EndpointType.EDGE],
  ['retainDeployments', true],
  ['stageName', 'live'],
  ['stageVariables', { colour: 'blue' }],
])('refuses %s beside an existing API, where it would be without effect', (name, value) => {
  const existing = (stack: Stack) =>
    apigateway.RestApi.fromRestApiAttributes(stack, 'Existing', { restApiId: 'a', rootResourceId: 'b' });
  expect(() => bridgeStack((stack) => ({ existingRestApi: existing(stack), [name]: value }))).toThrow(
    `${name} belongs to the existing API and its stage`,
  );
});
