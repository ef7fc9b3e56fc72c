export interface Role {
  id: string;
  name: string;
  path: string;
  arn: string;
  /** JSON, as it was given. */
  assumeRolePolicyDocument: string;
  description: string | undefined;
  maxSessionDurationSeconds: number;
  createdAt: number;
  /** JSON documents by policy name. */
  inlinePolicies: Map<string, string>;
  attachedPolicyArns: Set<string>;
  tags: Map<string, string>;
}
