import type { CustomResourceRequest } from '../request.ts';

export function createRequest(other: Partial<CustomResourceRequest> = {}): CustomResourceRequest {
  return {
    RequestType: 'Create',
    RequestId: 'a3a1d0f4-0000-4000-8000-000000000000',
    StackId:
      'arn:aws:cloudformation:us-east-1:123456789012:stack/bridge/7c1f0a40-0000-4000-8000-000000000000',
    LogicalResourceId: 'NlbAddresses',
    ResponseURL:
      'https://cloudformation-custom-resource-response-useast1.s3.amazonaws.com/answer?X-Amz-Signature=secret',
    ResourceProperties: {
      ServiceToken: 'arn:aws:lambda:us-east-1:123456789012:function:addresses',
      nlbDescription: 'edge',
    },
    ...other,
  };
}
