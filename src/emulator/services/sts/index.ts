import * as schemas from '@aws-sdk/client-sts';
import type { Operations, Service } from '../../core/service.ts';

const operations: Operations<schemas.STS> = {
  GetCallerIdentity(_input, { cell, caller }) {
    return { Account: cell.account, Arn: caller, UserId: 'AIDALOCALAWS' };
  },
};

export const sts: Service<Operations<schemas.STS>> = {
  model: {
    signingName: 'sts',
    protocol: 'query',
    version: '2011-06-15',
    xmlNamespace: 'https://sts.amazonaws.com/doc/2011-06-15/',
    schemas,
  },
  operations,
};
