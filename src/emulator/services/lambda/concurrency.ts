import type { Lambda } from '@aws-sdk/client-lambda';
import type { Cell } from '../../core/cell.ts';
import { required } from '../../core/required.ts';
import type { Operations } from '../../core/service.ts';
import type { LambdaFunction } from '../../world/functions/lambda-function.ts';
import { invalidParameter } from './errors.ts';
import { findFunction } from './reference.ts';

/** An account's concurrent executions, of which Lambda keeps some for functions that reserve none. */
const accountLimit = 1000;
const leastUnreserved = 100;

export const concurrency: Operations<Lambda> = {
  PutFunctionConcurrency(input, call) {
    const { target } = findFunction(input, call);
    const reserved = required(input.ReservedConcurrentExecutions, 'reservedConcurrentExecutions');
    if (accountLimit - reservedByOthers(call.cell, target) - reserved < leastUnreserved) {
      throw invalidParameter(
        `Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [${leastUnreserved}].`,
      );
    }
    target.reservedConcurrency = reserved;
    return { ReservedConcurrentExecutions: reserved };
  },

  GetFunctionConcurrency(input, call) {
    const { target } = findFunction(input, call);
    return target.reservedConcurrency === undefined
      ? {}
      : { ReservedConcurrentExecutions: target.reservedConcurrency };
  },

  DeleteFunctionConcurrency(input, call) {
    findFunction(input, call).target.reservedConcurrency = undefined;
    return {};
  },
};

function reservedByOthers({ functions }: Cell, target: LambdaFunction): number {
  let total = 0;
  for (const other of functions.all.values()) if (other !== target) total += other.reservedConcurrency ?? 0;
  return total;
}
