import type { CloudFormation } from '@aws-sdk/client-cloudformation';
import { validationError } from '../../cloudformation/validation-error.ts';
import type { Operations } from '../../core/service.ts';
import { newestFirst } from './pages.ts';

export const stackEvents: Operations<CloudFormation> = {
  DescribeStackEvents({ StackName, NextToken }, { cell }) {
    const stack = cell.stacks.find(StackName ?? '');
    if (!stack) throw validationError(`Stack [${StackName}] does not exist`);
    const { items, nextToken } = newestFirst(stack.events, NextToken);
    return { StackEvents: items, NextToken: nextToken };
  },
};
