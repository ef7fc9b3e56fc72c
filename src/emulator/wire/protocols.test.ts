import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import * as apiGateway from '@aws-sdk/client-api-gateway';
import * as cloudFormation from '@aws-sdk/client-cloudformation';
import * as logs from '@aws-sdk/client-cloudwatch-logs';
import * as ec2 from '@aws-sdk/client-ec2';
import * as elbv2 from '@aws-sdk/client-elastic-load-balancing-v2';
import * as lambda from '@aws-sdk/client-lambda';
import * as s3 from '@aws-sdk/client-s3';
import * as sqs from '@aws-sdk/client-sqs';
import { HttpResponse } from '@smithy/core/protocols';
import { describe, expect, it } from 'vitest';
import { AwsError } from '../core/aws-error.ts';
import type { HttpAnswer, HttpRequest } from '../core/http-route.ts';
import type { Protocol, Service, ServiceModel } from '../core/service.ts';
import { decodeAwsChunked } from '../endpoint/aws-chunked.ts';
import { protocols } from './protocols.ts';

/** What the SDK hands to the network. */
interface Sent {
  method: string;
  path: string;
  query: Record<string, string | string[] | null>;
  headers: Record<string, string>;
  body: unknown;
}

interface Sender {
  send(command: never): Promise<object>;
}

type Answerer = (request: HttpRequest) => HttpAnswer;

/** A client of the SDK whose network is a function. */
function connected<C extends Sender>(Client: new (settings: never) => C, answer: Answerer): C {
  const requestHandler = {
    async handle(sent: Sent) {
      const { status, headers = {}, body = '' } = answer(await toRequest(sent));
      return {
        response: new HttpResponse({ statusCode: status, headers, body: Readable.from([Buffer.from(body)]) }),
      };
    },
  };
  return new Client({
    requestHandler,
    region: 'us-east-1',
    endpoint: 'http://127.0.0.1:1',
    forcePathStyle: true,
    maxAttempts: 1,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  } as never);
}

async function toRequest({ method, path, query, headers, body }: Sent): Promise<HttpRequest> {
  const search = Object.entries(query).flatMap(([name, value]) =>
    [value ?? ''].flat().map((text): [string, string] => [name, text]),
  );
  const request = {
    method,
    path,
    query: new URLSearchParams(search),
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value])),
    body: Buffer.from((body ?? '') as string | Uint8Array),
  };
  return decodeAwsChunked(request);
}

function serviceOf(protocol: Protocol, client: ServiceModel['client']): Service {
  return { model: { signingName: 'test', protocol, version: '1', client }, operations: { PutObject: true } };
}

interface Case {
  name: string;
  protocol: Protocol;
  sdk: ServiceModel['client'];
  Client: new (settings: never) => Sender;
  command: { input: object };
  output: object;
  /** The input as it is read, where that is more than was given. */
  read?: object;
}

const when = new Date('2026-01-02T03:04:05.000Z');

const cases: Case[] = [
  {
    name: 'lists of structures, and nested ones, in EC2’s dialect',
    protocol: 'ec2-query',
    sdk: '@aws-sdk/client-ec2',
    Client: ec2.EC2Client,
    command: new ec2.AuthorizeSecurityGroupIngressCommand({
      GroupId: 'sg-1',
      IpPermissions: [
        {
          IpProtocol: 'tcp',
          FromPort: 80,
          ToPort: 81,
          IpRanges: [{ CidrIp: '10.0.0.1/32', Description: 'a & b' }],
        },
        { IpProtocol: '-1', UserIdGroupPairs: [{ GroupId: 'sg-2' }] },
      ],
    }),
    output: {
      Return: true,
      SecurityGroupRules: [{ SecurityGroupRuleId: 'sgr-1', FromPort: 80, IsEgress: false }],
    },
  },
  {
    name: 'filters and pages in EC2’s dialect',
    protocol: 'ec2-query',
    sdk: '@aws-sdk/client-ec2',
    Client: ec2.EC2Client,
    command: new ec2.DescribeNetworkInterfacesCommand({
      Filters: [{ Name: 'description', Values: ['ELB app/a/1', 'ELB app/b/2'] }],
      MaxResults: 10,
      DryRun: false,
    }),
    output: {
      NetworkInterfaces: [
        {
          NetworkInterfaceId: 'eni-1',
          Description: '<b> "&" \'x\'',
          Attachment: { AttachTime: when, DeviceIndex: 1 },
          TagSet: [{ Key: 'k', Value: '' }],
        },
      ],
      NextToken: 'next',
    },
  },
  {
    name: 'targets in the query protocol',
    protocol: 'query',
    sdk: '@aws-sdk/client-elastic-load-balancing-v2',
    Client: elbv2.ElasticLoadBalancingV2Client,
    command: new elbv2.RegisterTargetsCommand({
      TargetGroupArn: 'arn',
      Targets: Array.from({ length: 12 }, (_, index) => ({ Id: `10.0.0.${index}`, Port: 80 })),
    }),
    output: {},
  },
  {
    name: 'timestamps and lists in the query protocol',
    protocol: 'query',
    sdk: '@aws-sdk/client-cloudformation',
    Client: cloudFormation.CloudFormationClient,
    command: new cloudFormation.DescribeStacksCommand({ StackName: 'x' }),
    output: { Stacks: [{ StackName: 'x', CreationTime: when, StackStatus: 'CREATE_COMPLETE', Tags: [] }] },
  },
  {
    name: 'JSON 1.1',
    protocol: 'json-1.1',
    sdk: '@aws-sdk/client-cloudwatch-logs',
    Client: logs.CloudWatchLogsClient,
    command: new logs.PutLogEventsCommand({
      logGroupName: 'g',
      logStreamName: 's',
      logEvents: [{ timestamp: 1, message: 'é' }],
    }),
    output: { nextSequenceToken: 'x' },
  },
  {
    name: 'maps and bytes in JSON 1.0',
    protocol: 'json-1.0',
    sdk: '@aws-sdk/client-sqs',
    Client: sqs.SQSClient,
    command: new sqs.SendMessageCommand({
      QueueUrl: 'http://127.0.0.1:1/000000000000/queue',
      MessageBody: 'é',
      MessageAttributes: { raw: { DataType: 'Binary', BinaryValue: new Uint8Array(Buffer.from('x')) } },
    }),
    output: { MessageId: 'm', MD5OfMessageBody: createHash('md5').update('é').digest('hex') },
  },
  {
    name: 'a path’s labels and a body of bytes in REST JSON',
    protocol: 'rest-json',
    sdk: '@aws-sdk/client-lambda',
    Client: lambda.LambdaClient,
    command: new lambda.InvokeCommand({
      FunctionName: 'arn:aws:lambda:us-east-1:000000000000:function:f',
      InvocationType: 'Event',
      Payload: Buffer.from('{"a":1}'),
    }),
    output: { StatusCode: 202, FunctionError: 'Unhandled', Payload: new Uint8Array(Buffer.from('{}')) },
  },
  {
    name: 'JSON names, dates and query lists in REST JSON',
    protocol: 'rest-json',
    sdk: '@aws-sdk/client-api-gateway',
    Client: apiGateway.APIGatewayClient,
    command: new apiGateway.CreateRestApiCommand({
      name: 'api',
      endpointConfiguration: { types: ['REGIONAL'] },
    }),
    output: { id: 'a1', createdDate: when, tags: { k: 'v' } },
  },
  {
    name: 'greedy labels, headers and bytes in REST XML',
    protocol: 'rest-xml',
    sdk: '@aws-sdk/client-s3',
    Client: s3.S3Client,
    command: new s3.PutObjectCommand({
      Bucket: 'bucket',
      Key: 'a/b c.zip',
      Body: Buffer.from('body'),
      ContentType: 'application/zip',
      Metadata: { one: '1' },
    }),
    output: { ETag: '"x"' },
    read: { ChecksumAlgorithm: 'CRC32', ChecksumCRC32: expect.any(String), ContentLength: 4 },
  },
  {
    name: 'structures in REST XML',
    protocol: 'rest-xml',
    sdk: '@aws-sdk/client-s3',
    Client: s3.S3Client,
    command: new s3.DeleteObjectsCommand({
      Bucket: 'bucket',
      Delete: { Objects: [{ Key: 'a' }, { Key: 'b' }] },
    }),
    output: { Deleted: [{ Key: 'a' }, { Key: 'b' }] },
    read: { ChecksumAlgorithm: 'CRC32' },
  },
];

describe('the wire', () => {
  it.each(cases)('carries $name both ways', async ({ protocol, sdk, Client, command, output, read }) => {
    const service = serviceOf(protocol, sdk);
    let input: unknown;
    const client = connected(Client, (request) => {
      const decoded = protocols[protocol].read(service, request);
      input = decoded.input;
      if (!decoded.operation) throw new Error(`not an operation: ${decoded.name}`);
      return protocols[protocol].answer(service.model, decoded.operation, output, 'request-1');
    });
    const { $metadata: _, ...received } = (await client.send(command as never)) as { $metadata: unknown };
    expect(bytes(input)).toMatchObject(bytes({ ...command.input, ...read }) as object);
    expect(bytes(received)).toEqual(bytes(output));
  });

  it.each([
    ['ec2-query', '@aws-sdk/client-ec2', ec2.EC2Client, new ec2.DescribeVpcsCommand({})],
    [
      'query',
      '@aws-sdk/client-elastic-load-balancing-v2',
      elbv2.ElasticLoadBalancingV2Client,
      new elbv2.DescribeTargetGroupsCommand({}),
    ],
    [
      'json-1.1',
      '@aws-sdk/client-cloudwatch-logs',
      logs.CloudWatchLogsClient,
      new logs.DescribeLogGroupsCommand({}),
    ],
    ['json-1.0', '@aws-sdk/client-sqs', sqs.SQSClient, new sqs.ListQueuesCommand({})],
    [
      'rest-json',
      '@aws-sdk/client-lambda',
      lambda.LambdaClient,
      new lambda.GetFunctionCommand({ FunctionName: 'f' }),
    ],
    ['rest-xml', '@aws-sdk/client-s3', s3.S3Client, new s3.ListObjectsV2Command({ Bucket: 'b' })],
  ] as const)('tells clients of an error in %s', async (protocol, sdk, Client, command) => {
    const service = serviceOf(protocol, sdk);
    const client = connected(Client as never as new (settings: never) => Sender, () =>
      protocols[protocol].fail(new AwsError('SomeCode', 'a <message>', 409), 'request-1', service.model),
    );
    await expect(client.send(command as never)).rejects.toMatchObject({
      name: 'SomeCode',
      message: 'a <message>',
      $metadata: { httpStatusCode: 409 },
    });
  });
});

it('gives an error of JSON 1.0 its code of the query protocol as well, where it had one', () => {
  const { model } = serviceOf('json-1.0', '@aws-sdk/client-sqs');
  const fail = (code: string) =>
    protocols['json-1.0'].fail(new AwsError(code, 'no'), 'request-1', model).headers;
  expect(fail('QueueDoesNotExist')).toMatchObject({
    'x-amzn-query-error': 'AWS.SimpleQueueService.NonExistentQueue;Sender',
  });
  expect(fail('SomeCode')).not.toHaveProperty('x-amzn-query-error');
});

/** Bytes compare as text, whatever holds them. */
function bytes(value: unknown): unknown {
  if (value instanceof Uint8Array) return `bytes ${Buffer.from(value).toString()}`;
  if (Array.isArray(value)) return value.map(bytes);
  if (value === null || typeof value !== 'object' || value instanceof Date || 'asymmetricMatch' in value)
    return value;
  return Object.fromEntries(Object.entries(value).map(([name, held]) => [name, bytes(held)]));
}
