import type { STS } from '@aws-sdk/client-sts';
import type { Operations, Service } from '../../core/service.ts';
import { assumeRole } from './assume-role.ts';
import { callerIdentity } from './caller-identity.ts';

export const sts: Service<Operations<STS>> = {
  model: {
    signingName: 'sts',
    protocol: 'query',
    version: '2011-06-15',
    xmlNamespace: 'https://sts.amazonaws.com/doc/2011-06-15/',
    client: '@aws-sdk/client-sts',
  },
  operations: { ...callerIdentity, ...assumeRole },
};
