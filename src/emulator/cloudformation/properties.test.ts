import { CreateRestApiRequest$ } from '@aws-sdk/client-api-gateway';
import { CreateVpcRequest$ } from '@aws-sdk/client-ec2';
import { CreateListenerInput$ } from '@aws-sdk/client-elastic-load-balancing-v2';
import { AddPermissionRequest$ } from '@aws-sdk/client-lambda';
import { describe, expect, it } from 'vitest';
import { toInput } from './properties.ts';

const arn = 'arn:aws:elasticloadbalancing:us-east-1:000000000000:loadbalancer/net/a/1';

describe('toInput', () => {
  it('gives scalars the type of the schema, however deep', () => {
    const DefaultActions = [
      { Type: 'forward', Order: '1', ForwardConfig: { TargetGroupStickinessConfig: { Enabled: 'true' } } },
    ];
    expect(
      toInput(CreateListenerInput$, { LoadBalancerArn: arn, Port: '80', Protocol: 'TCP', DefaultActions }),
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
    expect(toInput(CreateVpcRequest$, { CidrBlock: 10, InstanceTenancy: true })).toEqual({
      CidrBlock: '10',
      InstanceTenancy: 'true',
    });
  });

  it('finds members whose names start small', () => {
    const properties = { Name: 'api', EndpointConfiguration: { Types: ['REGIONAL'] }, Tags: { Team: 1 } };
    expect(toInput(CreateRestApiRequest$, properties)).toEqual({
      name: 'api',
      endpointConfiguration: { types: ['REGIONAL'] },
      tags: { Team: '1' },
    });
  });

  it('leaves out what other calls take', () => {
    expect(toInput(CreateVpcRequest$, { CidrBlock: '10.0.0.0/16', Tags: [] }, ['Tags'])).toEqual({
      CidrBlock: '10.0.0.0/16',
    });
  });

  it.each([
    {
      name: 'unknown',
      schema: CreateVpcRequest$,
      properties: { Cidr: 'x' },
      want: 'Model validation failed (#: extraneous key [Cidr] is not permitted)',
    },
    {
      name: 'missing',
      schema: AddPermissionRequest$,
      properties: { FunctionName: 'f', StatementId: 's' },
      want: 'Model validation failed (#: required key [Action] not found)',
    },
    {
      name: 'not a number',
      schema: CreateListenerInput$,
      properties: { LoadBalancerArn: arn, DefaultActions: [], Port: 'http' },
      want: 'Value of property Port must be of type Number',
    },
    {
      name: 'not a list',
      schema: CreateListenerInput$,
      properties: { LoadBalancerArn: arn, DefaultActions: {} },
      want: 'Value of property DefaultActions must be of type List',
    },
    {
      name: 'not text',
      schema: CreateVpcRequest$,
      properties: { CidrBlock: ['x'] },
      want: 'Value of property CidrBlock must be of type String',
    },
  ])('refuses a property that is $name', ({ schema, properties, want }) => {
    expect(() => toInput(schema, properties)).toThrow(want);
  });
});
