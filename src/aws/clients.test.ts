import { DescribeVpcsCommand } from '@aws-sdk/client-ec2';
import type { NodeHttpHandler } from '@smithy/node-http-handler';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createClients } from './clients.ts';
import { type LocalAws, startLocalAws } from './testing/local-aws.ts';

let aws: LocalAws;

beforeEach(async () => {
  aws = await startLocalAws();
});

afterEach(() => aws.close());

describe('createClients', () => {
  it('limits how long a call may take, and fails when it does (FM19)', async () => {
    const { ec2 } = createClients();
    await ec2.send(new DescribeVpcsCommand({}));
    const handler = ec2.config.requestHandler as unknown as NodeHttpHandler;
    expect(handler.httpHandlerConfigs()).toMatchObject({
      connectionTimeout: 1_500,
      requestTimeout: 8_000,
      throwOnRequestTimeout: true,
    });
    expect(await ec2.config.maxAttempts()).toBe(3);
    ec2.destroy();
  });

  it("calls the region asked for, else the environment's", async () => {
    expect(await createClients('eu-west-1').elbv2.config.region()).toBe('eu-west-1');
    expect(await createClients().elbv2.config.region()).toBe('us-east-1');
  });
});
