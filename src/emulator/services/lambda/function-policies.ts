import type { Lambda } from '@aws-sdk/client-lambda';
import type { Operations } from '../../core/service.ts';
import { findFunction, findVersion } from './reference.ts';

/** Settings of a function that this local AWS has at their defaults only. */
export const functionPolicies: Operations<Lambda> = {
  GetFunctionCodeSigningConfig(input, call) {
    return { FunctionName: findFunction(input, call).target.name, CodeSigningConfigArn: '' };
  },
  GetFunctionRecursionConfig(input, call) {
    findFunction(input, call);
    return { RecursiveLoop: 'Terminate' };
  },
  GetRuntimeManagementConfig(input, call) {
    const { target } = findVersion(input, call);
    return { FunctionArn: target.arn, UpdateRuntimeOn: 'Auto' };
  },
};
