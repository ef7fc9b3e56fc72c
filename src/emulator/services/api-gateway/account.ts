import type { Account, APIGateway } from '@aws-sdk/client-api-gateway';
import type { Operations } from '../../core/service.ts';
import type { Apis } from '../../world/apis/apis.ts';
import { applyPatches, type Patchable } from './patch.ts';

const patchable: Patchable<Apis> = {
  '/cloudwatchRoleArn': (apis, value) => {
    apis.cloudwatchRoleArn = value;
  },
};

export const account: Operations<APIGateway> = {
  GetAccount(_input, { cell }) {
    return describe(cell.apis);
  },
  UpdateAccount({ patchOperations }, { cell }) {
    applyPatches(cell.apis, patchOperations, patchable);
    return describe(cell.apis);
  },
};

function describe({ cloudwatchRoleArn }: Apis): Account {
  return {
    cloudwatchRoleArn,
    throttleSettings: { burstLimit: 5000, rateLimit: 10_000 },
    features: ['UsagePlans'],
    apiKeyVersion: '4',
  };
}
