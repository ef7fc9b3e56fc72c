import { describe, expect, it } from 'vitest';
import { failure, responseLimit, success } from './response.ts';
import { createRequest } from './testing/request.ts';

const bytes = (value: object) => Buffer.byteLength(JSON.stringify(value));

describe('success', () => {
  it('identifies the request, and holds the data', () => {
    const { StackId, RequestId, LogicalResourceId } = createRequest();
    expect(success(createRequest(), { addresses: ['10.0.0.1'] })).toEqual({
      Status: 'SUCCESS',
      PhysicalResourceId: 'addresses:edge',
      StackId,
      RequestId,
      LogicalResourceId,
      Data: { addresses: ['10.0.0.1'] },
    });
  });

  it('becomes a failure that says so when it is longer than CloudFormation reads', () => {
    const response = success(createRequest(), { addresses: Array(500).fill('10.0.0.1') });
    expect(response).toMatchObject({
      Status: 'FAILED',
      Reason: expect.stringMatching(/^the answer takes \d+ bytes/),
    });
    expect(response.Data).toBeUndefined();
  });
});

describe('failure', () => {
  it.each([
    ['plain', 'x'.repeat(10_000)],
    ['escaped in json', '"\n'.repeat(5_000)],
    ['of many bytes a character', '漢'.repeat(5_000)],
  ])('cuts a reason that is %s', (_name, reason) => {
    const response = failure(createRequest(), reason);
    expect(bytes(response)).toBeLessThanOrEqual(responseLimit);
    expect(bytes(response)).toBeGreaterThan(responseLimit / 2);
  });

  it('has a reason even where there is none', () => {
    expect(failure(createRequest(), '').Reason).toBe('failed');
  });

  it('keeps the identity of what a failed Update was to replace, or CloudFormation would delete it', () => {
    const request = createRequest({
      RequestType: 'Update',
      PhysicalResourceId: 'given',
      ResourceProperties: { nlbDescription: 'other' },
      OldResourceProperties: { nlbDescription: 'edge' },
    });
    expect(failure(request, 'no').PhysicalResourceId).toBe('given');
  });
});
