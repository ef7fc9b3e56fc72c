import { describe, expect, it } from 'vitest';
import { apiGateway } from '../services/api-gateway/index.ts';
import { ec2 } from '../services/ec2/index.ts';
import { elbv2 } from '../services/elbv2/index.ts';
import { lambda } from '../services/lambda/index.ts';
import { toInput } from './properties.ts';
import type { Properties } from './template/template.ts';

const arn = 'arn:aws:elasticloadbalancing:us-east-1:000000000000:loadbalancer/net/a/1';

describe('toInput', () => {
  it('gives scalars the type of the schema, however deep', () => {
    const DefaultActions = [
      { Type: 'forward', Order: '1', ForwardConfig: { TargetGroupStickinessConfig: { Enabled: 'true' } } },
    ];
    expect(
      toInput(elbv2, 'CreateListener', { LoadBalancerArn: arn, Port: '80', Protocol: 'TCP', DefaultActions }),
    ).toEqual({
      LoadBalancerArn: arn,
      Port: 80,
      Protocol: 'TCP',
      DefaultActions: [
        { Type: 'forward', Order: 1, ForwardConfig: { TargetGroupStickinessConfig: { Enabled: true } } },
      ],
    });
  });

  it('writes numbers and booleans as text where the schema has text', () => {
    expect(toInput(ec2, 'CreateVpc', { CidrBlock: 10, InstanceTenancy: true })).toEqual({
      CidrBlock: '10',
      InstanceTenancy: 'true',
    });
  });

  it('finds members whose names start small', () => {
    const properties = { Name: 'api', EndpointConfiguration: { Types: ['REGIONAL'] }, Tags: { Team: 1 } };
    expect(toInput(apiGateway, 'CreateRestApi', properties)).toEqual({
      name: 'api',
      endpointConfiguration: { types: ['REGIONAL'] },
      tags: { Team: '1' },
    });
  });

  it('leaves out what other calls take', () => {
    expect(toInput(ec2, 'CreateVpc', { CidrBlock: '10.0.0.0/16', Tags: [] }, ['Tags'])).toEqual({
      CidrBlock: '10.0.0.0/16',
    });
  });

  it.each([
    {
      name: 'unknown',
      read: (properties: Properties) => toInput(ec2, 'CreateVpc', properties),
      properties: { Cidr: 'x' },
      want: 'Model validation failed (#: extraneous key [Cidr] is not permitted)',
    },
    {
      name: 'missing',
      read: (properties: Properties) => toInput(lambda, 'AddPermission', properties),
      properties: { FunctionName: 'f', StatementId: 's' },
      want: 'Model validation failed (#: required key [Action] not found)',
    },
    {
      name: 'not a number',
      read: (properties: Properties) => toInput(elbv2, 'CreateListener', properties),
      properties: { LoadBalancerArn: arn, DefaultActions: [], Port: 'http' },
      want: 'Value of property Port must be of type Number',
    },
    {
      name: 'not a list',
      read: (properties: Properties) => toInput(elbv2, 'CreateListener', properties),
      properties: { LoadBalancerArn: arn, DefaultActions: {} },
      want: 'Value of property DefaultActions must be of type List',
    },
    {
      name: 'not text',
      read: (properties: Properties) => toInput(ec2, 'CreateVpc', properties),
      properties: { CidrBlock: ['x'] },
      want: 'Value of property CidrBlock must be of type String',
    },
  ])('refuses a property that is $name', ({ read, properties, want }) => {
    expect(() => read(properties)).toThrow(want);
  });
});
