import { execute } from '../../../core/execute.ts';
import { lambda } from '../../../services/lambda/index.ts';
import { changedProperties } from '../../differences.ts';
import { readText, toInput } from '../../properties.ts';
import {
  type ProvidedResource,
  type ResourceContext,
  ResourceFailure,
  type ResourceProvider,
} from '../../resource-provider.ts';
import type { Properties } from '../../template/template.ts';
import { waitFor } from '../../waiting.ts';
import { tagMap } from '../tags.ts';
import { functionCode } from './function-code.ts';

const maxNameLength = 64;
const setByOtherCalls = ['Code', 'ReservedConcurrentExecutions', 'Tags'];

/** `AWS::Lambda::Function` */
export const lambdaFunction: ResourceProvider = {
  createOnly: ['FunctionName', 'PackageType'],

  async create(properties, context) {
    const input = toInput(
      lambda,
      'CreateFunction',
      {
        FunctionName: context.physicalName(maxNameLength),
        ...properties,
        Code: functionCode(properties),
        Tags: tagMap(properties, context),
      },
      ['ReservedConcurrentExecutions'],
    );
    await execute(lambda, 'CreateFunction', input, context.call);
    const name = input.FunctionName ?? '';
    context.initiated(name);
    await setConcurrency(name, properties, context);
    return ready(name, context);
  },

  async update(name, properties, previous, context) {
    const changed = changedProperties(previous, properties);
    if (changed.includes('Code') || changed.includes('Architectures')) {
      const code = { FunctionName: name, ...functionCode(properties), ...architectures(properties) };
      await execute(lambda, 'UpdateFunctionCode', code, context.call);
      await ready(name, context);
    }
    const configuration = toInput(
      lambda,
      'UpdateFunctionConfiguration',
      { ...properties, FunctionName: name },
      [...setByOtherCalls, 'Architectures', 'PackageType'],
    );
    await execute(lambda, 'UpdateFunctionConfiguration', configuration, context.call);
    await setConcurrency(name, properties, context);
    return ready(name, context);
  },

  async delete(FunctionName, _properties, { call }) {
    await execute(lambda, 'DeleteFunction', { FunctionName }, call);
  },
};

function architectures({ Architectures }: Properties): object {
  return Architectures === undefined ? {} : { Architectures };
}

async function setConcurrency(
  FunctionName: string,
  properties: Properties,
  { call }: ResourceContext,
): Promise<void> {
  const reserved = readText(properties, 'ReservedConcurrentExecutions');
  if (reserved === undefined) {
    await execute(lambda, 'DeleteFunctionConcurrency', { FunctionName }, call);
    return;
  }
  const ReservedConcurrentExecutions = Number(reserved);
  await execute(lambda, 'PutFunctionConcurrency', { FunctionName, ReservedConcurrentExecutions }, call);
}

async function ready(
  FunctionName: string,
  { call, cell, signal }: ResourceContext,
): Promise<ProvidedResource> {
  const look = async (): Promise<ProvidedResource | undefined> => {
    const found = await execute(lambda, 'GetFunctionConfiguration', { FunctionName }, call);
    if (found.State === 'Failed') throw new ResourceFailure(found.StateReason ?? 'The function failed');
    if (found.State !== 'Active' || found.LastUpdateStatus === 'InProgress') return undefined;
    return { physicalId: FunctionName, attributes: { Arn: found.FunctionArn } };
  };
  return waitFor(look, { clock: cell.clock, signal, interval: 500 });
}
