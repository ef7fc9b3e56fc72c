import type { SSM } from '@aws-sdk/client-ssm';
import type { Operations } from '../../core/service.ts';
import { findParameter } from './lookup.ts';

export const deletion: Operations<SSM> = {
  DeleteParameter({ Name }, call) {
    call.cell.parameters.all.delete(findParameter(Name, call).name);
    return {};
  },

  DeleteParameters({ Names = [] }, { cell }) {
    const DeletedParameters = Names.filter((name) => cell.parameters.all.delete(name));
    return {
      DeletedParameters,
      InvalidParameters: Names.filter((name) => !DeletedParameters.includes(name)),
    };
  },
};
