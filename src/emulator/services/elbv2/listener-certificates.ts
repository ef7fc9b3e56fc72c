import type { ElasticLoadBalancingV2 } from '@aws-sdk/client-elastic-load-balancing-v2';
import { AwsError } from '../../core/aws-error.ts';
import type { Cell } from '../../core/cell.ts';
import type { Operations } from '../../core/service.ts';
import type { Listener } from '../../world/load-balancing/listener.ts';
import { checkCertificateArn } from './listener-encryption.ts';
import { findListener } from './lookup.ts';

/** Certificates besides the default one. */
const certificateLimit = 25;

export const listenerCertificates: Operations<ElasticLoadBalancingV2> = {
  AddListenerCertificates({ ListenerArn, Certificates = [] }, { cell }) {
    const listener = findEncrypted(cell, ListenerArn);
    const added = Certificates.map(({ CertificateArn }) => checkCertificateArn(CertificateArn));
    const all = [...new Set([...listener.certificateArns, ...added])];
    if (all.length > certificateLimit + 1) {
      throw new AwsError(
        'TooManyCertificates',
        `A listener can have at most '${certificateLimit}' certificates`,
      );
    }
    listener.certificateArns = all;
    return { Certificates: added.map((CertificateArn) => ({ CertificateArn, IsDefault: false })) };
  },
  RemoveListenerCertificates({ ListenerArn, Certificates = [] }, { cell }) {
    const listener = findEncrypted(cell, ListenerArn);
    const [preset, ...others] = listener.certificateArns;
    const removed = new Set(Certificates.map(({ CertificateArn }) => CertificateArn));
    if (removed.has(preset)) {
      throw new AwsError('OperationNotPermitted', 'Default certificate cannot be removed from the listener');
    }
    listener.certificateArns = [preset ?? '', ...others.filter((arn) => !removed.has(arn))];
    return {};
  },
  DescribeListenerCertificates({ ListenerArn }, { cell }) {
    const { certificateArns } = findListener(cell, ListenerArn);
    return {
      Certificates: certificateArns.map((CertificateArn, index) => ({
        CertificateArn,
        IsDefault: index === 0,
      })),
    };
  },
};

function findEncrypted(cell: Cell, arn: string | undefined): Listener {
  const listener = findListener(cell, arn);
  if (listener.certificateArns.length > 0) return listener;
  throw new AwsError(
    'ValidationError',
    `A certificate cannot be specified for ${listener.protocol} listeners`,
  );
}
