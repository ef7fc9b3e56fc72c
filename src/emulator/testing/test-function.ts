import type { CreateFunctionRequest } from '@aws-sdk/client-lambda';
import { strToU8, zipSync } from 'fflate';
import { execute } from '../core/execute.ts';
import type { Call } from '../core/service.ts';
import { iam } from '../services/iam/index.ts';
import { lambda } from '../services/lambda/index.ts';

export function zip(files: Readonly<Record<string, string>>): Uint8Array {
  return zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)])));
}

/** A role that Lambda may assume; its ARN. */
export async function createFunctionRole(call: Call, RoleName = 'function-role'): Promise<string> {
  const trust = {
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' },
    ],
  };
  const { Role } = await execute(
    iam,
    'CreateRole',
    { RoleName, AssumeRolePolicyDocument: JSON.stringify(trust) },
    call,
  );
  return Role?.Arn ?? '';
}

/** Creates a function `test` from the text of `index.mjs`, and its role; its ARN. It is `Pending` for a second. */
export async function createTestFunction(
  call: Call,
  source: string,
  settings: Partial<CreateFunctionRequest> = {},
): Promise<string> {
  const { FunctionArn } = await execute(
    lambda,
    'CreateFunction',
    {
      FunctionName: 'test',
      Runtime: 'nodejs24.x',
      Handler: 'index.handler',
      Role: await createFunctionRole(call),
      Code: { ZipFile: zip({ 'index.mjs': source }) },
      ...settings,
    },
    call,
  );
  return FunctionArn ?? '';
}
