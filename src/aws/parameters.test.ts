import { PutParameterCommand, type SSMClient } from '@aws-sdk/client-ssm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createParameterClient, parametersUnder } from './parameters.ts';
import { type LocalAws, startLocalAws } from './testing/local-aws.ts';

let aws: LocalAws;
let client: SSMClient;

beforeEach(async () => {
  aws = await startLocalAws();
  client = createParameterClient();
});

afterEach(async () => {
  client.destroy();
  await aws.close();
});

const put = (Name: string, Value: string) =>
  client.send(new PutParameterCommand({ Name, Value, Type: 'String' }));

describe('parametersUnder', () => {
  it('reads every page, however deep, in order, and nothing beside the path (FM5)', async () => {
    const names = Array.from(
      { length: 23 },
      (_, index) => `/albridge/stack/${String(index).padStart(2, '0')}`,
    );
    for (const name of names.toReversed()) await put(name, name);
    await put('/albridge/stack/deep/er', 'deep');
    await put('/albridge/stack-two/other', 'other');
    const found = await parametersUnder(client, '/albridge/stack');
    expect(found).toEqual([
      ...names.map((name) => ({ name, value: name })),
      { name: '/albridge/stack/deep/er', value: 'deep' },
    ]);
  });

  it('finds none under a path that nobody has written to', async () => {
    expect(await parametersUnder(client, '/albridge/nothing')).toEqual([]);
  });

  it('fails with what was asked, where it is not answered (FM1)', async () => {
    await expect(parametersUnder(client, 'no-slash')).rejects.toMatchObject({
      code: 'parameters-unread',
      message: expect.stringContaining("ssm:GetParametersByPath of 'no-slash' failed: ValidationException"),
    });
  });
});
