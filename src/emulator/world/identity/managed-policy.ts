/** A policy with an ARN of its own: a customer's, or one of AWS's. */
export interface ManagedPolicy {
  id: string;
  name: string;
  path: string;
  arn: string;
  description: string | undefined;
  createdAt: number;
  updatedAt: number;
  defaultVersionId: string;
  /** By id, `v1` the first. */
  versions: Map<string, PolicyVersion>;
  /** How many there have been: the id of a deleted version does not come again. */
  createdVersions: number;
  tags: Map<string, string>;
}

export interface PolicyVersion {
  id: string;
  document: string;
  createdAt: number;
}
