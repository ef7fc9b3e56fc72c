import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createRequest } from '../app/custom-resource/testing/request.ts';
import { type ResponseServer, startResponseServer } from '../app/custom-resource/testing/response-server.ts';
import { type LocalAws, startLocalAws } from '../aws/testing/local-aws.ts';

let aws: LocalAws;
let server: ResponseServer;

beforeEach(async () => {
  aws = await startLocalAws();
  server = await startResponseServer();
  vi.spyOn(process.stdout, 'write').mockReturnValue(true);
});

afterEach(async () => {
  vi.restoreAllMocks();
  vi.resetModules();
  await aws.close();
  await server.close();
});

describe('the addresses function', () => {
  it("answers the article's properties at the configured endpoint", async () => {
    await aws.loadBalancer('edge', 'network');
    const { endpoint } = aws;
    vi.stubEnv('AWS_ENDPOINT_URL_EC2', endpoint);
    vi.stubEnv('AWS_ENDPOINT_URL_ELASTIC_LOAD_BALANCING_V2', endpoint);
    // Stands for the endpoint at which CloudFormation waits, which the function learns as it starts.
    vi.stubEnv('AWS_ENDPOINT_URL', server.endpoint);
    const { handler } = await import('./addresses.ts');
    await handler(createRequest({ ResponseURL: server.url }), { getRemainingTimeInMillis: () => 60_000 });
    expect(server.puts).toMatchObject([
      {
        contentType: '',
        body: {
          Status: 'SUCCESS',
          Data: {
            addresses: aws.nodes('edge'),
            privateIps: aws
              .nodes('edge')
              .map((address) => ({ CidrIp: `${address}/32`, FromPort: 80, ToPort: 80 })),
          },
        },
      },
    ]);
  });
});
