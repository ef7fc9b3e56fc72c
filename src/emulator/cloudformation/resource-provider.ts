import type { Tag } from '@aws-sdk/client-cloudformation';
import type { Cell } from '../core/cell.ts';
import type { Call } from '../core/service.ts';
import type { Properties } from './template/template.ts';

/** Knows how resources of a type are made, changed and deleted, by calling the services that they belong to. */
export interface ResourceProvider {
  create(properties: Properties, context: ResourceContext): Promise<ProvidedResource>;
  /** Without it, every change needs a new resource. */
  update?(
    physicalId: string,
    properties: Properties,
    previous: Properties,
    context: ResourceContext,
  ): Promise<ProvidedResource>;
  delete(physicalId: string, properties: Properties, context: ResourceContext): Promise<void>;
  /** Properties that cannot be changed: a change needs a new resource. */
  createOnly?: readonly string[];
}

/** A resource as the service has it. */
export interface ProvidedResource {
  /** What `Ref` gives. */
  physicalId: string;
  /** What `Fn::GetAtt` gives; none unless said. */
  attributes?: Readonly<Record<string, unknown>>;
}

export interface ResourceContext {
  call: Call;
  cell: Cell;
  stackId: string;
  stackName: string;
  logicalId: string;
  type: string;
  /** Tags of the stack, and those that CloudFormation itself adds. */
  tags: readonly Tag[];
  /** A name for a resource that has none of its own, of at most so many characters. */
  physicalName(maxLength: number): string;
  /** Tells the physical id of a resource that exists but is not complete, so that a failure deletes it. */
  initiated(physicalId: string): void;
  /** Aborted when the operation no longer waits for this resource. */
  signal: AbortSignal;
}

/** Providers by the type of resource that they serve. */
export type ResourceProviders = (type: string) => ResourceProvider | undefined;

/** A resource that could not be made, changed or deleted, with the reason as CloudFormation words it. */
export class ResourceFailure extends Error {
  override readonly name = 'ResourceFailure';
}
