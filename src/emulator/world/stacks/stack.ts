import type {
  Capability,
  Change,
  ChangeSetStatus,
  ChangeSetType,
  ExecutionStatus,
  OnFailure,
  Output,
  ResourceStatus,
  StackEvent,
  StackStatus,
  Tag,
} from '@aws-sdk/client-cloudformation';
import type { ResolvedParameters } from '../../cloudformation/template/parameters.ts';
import type { Properties, Template } from '../../cloudformation/template/template.ts';

/** What a stack is made of: a template, and all that was said with it. */
export interface StackDefinition {
  /** The text of the template, as it was given. */
  body: string;
  template: Template;
  parameters: ResolvedParameters;
  capabilities: readonly Capability[];
  tags: readonly Tag[];
  notificationArns: readonly string[];
  /** The role that CloudFormation works with; the caller's own permissions where there is none. */
  roleArn: string | undefined;
}

/** A resource of a stack; `undefined` where it has no physical id yet. */
export interface StackResource {
  logicalId: string;
  type: string;
  physicalId: string | undefined;
  /** How often another was made in its place: some take over the name of the one before. */
  replacements: number;
  status: ResourceStatus;
  reason: string | undefined;
  updatedAt: number;
  /** As it was last deployed: no function is left in them. */
  properties: Properties;
  /** What `Fn::GetAtt` gives. */
  attributes: Readonly<Record<string, unknown>>;
  dependsOn: ReadonlySet<string>;
  deletionPolicy: string;
  updateReplacePolicy: string;
}

export interface ChangeSet {
  id: string;
  name: string;
  description: string | undefined;
  type: ChangeSetType;
  definition: StackDefinition;
  status: ChangeSetStatus;
  reason: string | undefined;
  executionStatus: ExecutionStatus;
  createdAt: number;
  changes: readonly Change[];
  onFailure: OnFailure | undefined;
}

/** What a stack is busy with; one at a time. */
export interface StackOperation {
  /** Ends the waiting of resources in progress, and starts no others. */
  cancellation: AbortController;
  /** Never rejects. */
  finished: Promise<void>;
}

export interface Stack {
  id: string;
  name: string;
  status: StackStatus;
  reason: string | undefined;
  createdAt: number;
  updatedAt: number | undefined;
  deletedAt: number | undefined;
  onFailure: OnFailure;
  timeoutMinutes: number | undefined;
  terminationProtection: boolean;
  definition: StackDefinition;
  /** By logical id, in the order of their making. */
  resources: Map<string, StackResource>;
  outputs: readonly Output[];
  /** The oldest first. */
  events: StackEvent[];
  /** By name. */
  changeSets: Map<string, ChangeSet>;
  /** The change set that it was last made or updated by. */
  changeSetId: string | undefined;
  operation: StackOperation | undefined;
}
