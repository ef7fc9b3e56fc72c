import { describe, expect, it } from 'vitest';
import { parseProperties, parseRequest } from './request.ts';
import { createRequest } from './testing/request.ts';

const arn = 'arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/net/edge/0123456789abcdef';

describe('parseRequest', () => {
  it('takes what CloudFormation sends', () => {
    const request = createRequest({
      PhysicalResourceId: 'addresses:edge',
      OldResourceProperties: { a: 'b' },
    });
    expect(parseRequest({ ...request, ResourceType: 'Custom::PrivateIps' })).toEqual(request);
  });

  it('leaves out what is of another type, so that there is an answer all the same (FM24)', () => {
    const { ResponseURL } = createRequest();
    const given = {
      ResponseURL,
      StackId: {},
      PhysicalResourceId: 1,
      ResourceProperties: [],
      OldResourceProperties: null,
    };
    expect(parseRequest(given)).toEqual({
      ResponseURL,
      RequestType: '',
      RequestId: '',
      StackId: '',
      LogicalResourceId: '',
    });
  });

  it.each([undefined, null, [], 'text', {}, { ResponseURL: 1 }])(
    'refuses %j, which has nowhere to answer to',
    (event) => {
      expect(() => parseRequest(event)).toThrow('it has no ResponseURL; nothing was sent');
    },
  );
});

describe('parseProperties', () => {
  it.each([
    {
      name: "the article's properties, everything a string",
      given: { ServiceToken: 'x', nlbDescription: 'edge', listenerPort: '8080' },
      want: { loadBalancer: { description: 'edge' }, listenerPort: 8080 },
    },
    {
      name: 'an arn, and port 80 where none is given',
      given: { loadBalancerArn: arn, subnetIds: ['subnet-1'] },
      want: { loadBalancer: { arn }, listenerPort: 80 },
    },
    {
      name: 'the arn where both are given, and a port that is a number',
      given: { loadBalancerArn: arn, nlbDescription: 'edge', listenerPort: 443 },
      want: { loadBalancer: { arn }, listenerPort: 443 },
    },
    {
      name: "another provider's properties",
      given: { LoadBalancerArn: arn },
      want: { loadBalancer: { arn }, listenerPort: 80, format: 'cidr' },
    },
    {
      name: 'the format that another provider takes',
      given: { LoadBalancerArn: arn, Format: 'Plain' },
      want: { loadBalancer: { arn }, listenerPort: 80, format: 'plain' },
    },
    {
      name: 'empty strings as left out',
      given: { loadBalancerArn: '', nlbDescription: 'edge', listenerPort: '' },
      want: { loadBalancer: { description: 'edge' }, listenerPort: 80 },
    },
  ])('reads $name', ({ given, want }) => {
    expect(parseProperties(given)).toEqual(want);
  });

  it.each(['0', '65536', '-1', '80.5', '0x50', 'http', '1e3'])('refuses the port %s', (listenerPort) => {
    expect(() => parseProperties({ nlbDescription: 'edge', listenerPort })).toThrow(
      `listenerPort is '${listenerPort}'; give a port from 1 to 65535`,
    );
  });

  it('refuses a port that is not even text', () => {
    const listenerPort = { toString: 1 };
    expect(() => parseProperties({ nlbDescription: 'edge', listenerPort })).toThrow(
      "listenerPort is 'object'",
    );
  });

  it.each(['json', {}])('refuses the format %j', (Format) => {
    expect(() => parseProperties({ LoadBalancerArn: arn, Format })).toThrow('give cidr or plain');
  });

  it('refuses properties without a load balancer', () => {
    expect(() => parseProperties({ ServiceToken: 'x' })).toThrow('give loadBalancerArn, or nlbDescription');
  });
});
