import type { CloudFormation } from '@aws-sdk/client-cloudformation';
import type { Operations } from '../../core/service.ts';
import { pageOf } from './pages.ts';

export const exports: Operations<CloudFormation> = {
  ListExports({ NextToken }, { cell }) {
    const all = [...cell.stacks.exports()].map(([Name, { value: Value, stackId: ExportingStackId }]) => ({
      Name,
      Value,
      ExportingStackId,
    }));
    const { items, nextToken } = pageOf(all, NextToken);
    return { Exports: items, NextToken: nextToken };
  },
};
