import { describe, expect, it } from 'vitest';
import { physicalResourceId } from './physical-id.ts';
import { createRequest } from './testing/request.ts';

const update = { RequestType: 'Update', PhysicalResourceId: 'given' } as const;

describe('physicalResourceId', () => {
  it('is made of what a Create asks for, each time alike', () => {
    expect(physicalResourceId(createRequest())).toBe('addresses:edge');
    expect(physicalResourceId(createRequest({ RequestId: 'another' }))).toBe('addresses:edge');
  });

  it('is there even where nothing is asked for', () => {
    expect(physicalResourceId(createRequest({ ResourceProperties: {} }))).toBe('addresses:NlbAddresses');
  });

  it('stays as it is over an Update of other properties', () => {
    const request = createRequest({
      ...update,
      ResourceProperties: { nlbDescription: 'edge', listenerPort: '8080' },
      OldResourceProperties: { nlbDescription: 'edge' },
    });
    expect(physicalResourceId(request)).toBe('given');
  });

  it('changes with the load balancer', () => {
    const request = createRequest({
      ...update,
      ResourceProperties: { nlbDescription: 'other' },
      OldResourceProperties: { nlbDescription: 'edge' },
    });
    expect(physicalResourceId(request)).toBe('addresses:other');
  });

  it('is echoed on Delete', () => {
    expect(physicalResourceId(createRequest({ RequestType: 'Delete', PhysicalResourceId: 'given' }))).toBe(
      'given',
    );
  });

  it('is as short as CloudFormation demands', () => {
    const request = createRequest({ ResourceProperties: { nlbDescription: 'x'.repeat(2_000) } });
    expect(physicalResourceId(request)).toHaveLength(1_024);
  });
});
