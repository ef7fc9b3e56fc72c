import { describe, expect, it } from 'vitest';
import { responseUrl } from './response-url.ts';

const endpoint = 'http://127.0.0.1:4566';

describe('responseUrl', () => {
  it.each([
    'https://cloudformation-custom-resource-response-useast1.s3.amazonaws.com/arn%3Aaws?X-Amz-Signature=x',
    'https://cloudformation-custom-resource-response-euwest1.s3.eu-west-1.amazonaws.com/key',
    'https://cloudformation-custom-resource-response-uswest2.s3-us-west-2.amazonaws.com/key',
    'https://cloudformation-custom-resource-response-cnnorth1.s3.cn-north-1.amazonaws.com.cn/key',
    'https://s3.eu-central-1.amazonaws.com/cloudformation-custom-resource-response-eucentral1/key',
    'https://bucket.s3.dualstack.us-east-1.amazonaws.com/key',
  ])('takes %s', (url) => {
    expect(responseUrl(url, undefined).href).toBe(url);
  });

  it('takes the configured endpoint, http or not', () => {
    expect(responseUrl(`${endpoint}/_callback/1`, endpoint).origin).toBe(endpoint);
  });

  it.each([
    'http://bucket.s3.amazonaws.com/key',
    'https://bucket.s3.amazonaws.com:8443/key',
    'https://example.com/secret-key',
    'https://s3.amazonaws.com.example.com/secret-key',
    'https://example.com/s3.amazonaws.com',
    'https://evils3.amazonaws.com/secret-key',
    'https://ec2-1-2-3-4.compute-1.amazonaws.com/secret-key',
    'https://x.s3.amazonaws.com@example.com/secret-key',
    'http://169.254.169.254/latest/secret-key',
    'http://127.0.0.1:4567/secret-key',
    'https://127.0.0.1:4566/secret-key',
    'file:///etc/secret-key',
    'secret-key',
  ])('refuses %s, and does not repeat what may be secret', (url) => {
    expect(() => responseUrl(url, endpoint)).toThrow(/nothing was sent$/);
    expect(() => responseUrl(url, endpoint)).not.toThrow(/secret-key/);
  });

  it('takes no endpoint for one where none is configured', () => {
    expect(() => responseUrl(`${endpoint}/_callback/1`, undefined)).toThrow();
  });
});
