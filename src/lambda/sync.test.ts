import { getServers, setServers } from 'node:dns';
import { PutParameterCommand } from '@aws-sdk/client-ssm';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createParameterClient } from '../aws/parameters.ts';
import { type LocalAws, startLocalAws } from '../aws/testing/local-aws.ts';

const resolvers = getServers();
let aws: LocalAws;
let targetGroupArn: string;
let output: string;
let handler: typeof import('./sync.ts').handler;

beforeEach(async () => {
  aws = await startLocalAws();
  // Nobody answers there: the function goes by interfaces alone.
  setServers(['127.0.0.1:1']);
  await aws.loadBalancer('web');
  targetGroupArn = await aws.targetGroup('group');
  output = '';
  ({ handler } = await import('./sync.ts'));
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    output += text;
    return true;
  });
});

afterEach(async () => {
  vi.restoreAllMocks();
  vi.resetModules();
  setServers(resolvers);
  await aws.close();
});

describe('the sync function', () => {
  it("takes the article's event, and tells what it did in lines of json", async () => {
    const event = { targetPort: '8080', albDescription: 'web', nlbTargetGroupArn: targetGroupArn };
    const context = { invokedFunctionArn: 'arn:aws:lambda:us-east-1:000000000000:function:sync' };
    expect(await handler(event, context)).toEqual({
      bindings: [{ binding: 'group', added: aws.nodes('web'), removed: [] }],
    });
    expect(await aws.targets(targetGroupArn)).toEqual(aws.nodes('web').map((node) => `${node}:8080 unused`));
    const lines = output
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines).toMatchObject([{ message: 'group: 2 added' }, { Binding: 'group', Added: 2 }]);
  });

  it("takes the article's environment on a scheduled event", async () => {
    vi.stubEnv('targetPort', '80');
    vi.stubEnv('albDescription', 'web');
    vi.stubEnv('nlbTargetGroupArn', targetGroupArn);
    expect(await handler({ source: 'aws.events', detail: {} })).toMatchObject({
      bindings: [{ added: aws.nodes('web') }],
    });
  });

  it('takes its bindings from parameters, and changes nothing where they cannot be read (FM1)', async () => {
    const ssm = createParameterClient();
    const bindings = ['first', 'second'].map((name, index) => ({
      name,
      source: { type: 'load-balancer', description: 'web' },
      sink: { type: 'target-group', arn: targetGroupArn, port: 8080 + index },
      policy: { mode: 'sync' },
    }));
    for (const binding of bindings) {
      const Name = `/albridge/stack/sync/${binding.name}`;
      await ssm.send(new PutParameterCommand({ Name, Value: JSON.stringify(binding), Type: 'String' }));
    }
    ssm.destroy();
    vi.stubEnv('ALBRIDGE_CONFIG_PARAMETERS', '/albridge/stack/sync');
    const added = aws.nodes('web');
    expect(await handler({})).toMatchObject({
      bindings: [
        { binding: 'first', added },
        { binding: 'second', added },
      ],
    });
    vi.stubEnv('ALBRIDGE_CONFIG_PARAMETERS', 'no-path');
    await expect(handler({})).rejects.toMatchObject({ code: 'parameters-unread' });
    expect(await aws.targets(targetGroupArn)).toHaveLength(2 * added.length);
  });

  it('fails without a configuration', async () => {
    await expect(handler({})).rejects.toMatchObject({ name: 'AlbridgeError', code: 'invalid-config' });
  });
});
