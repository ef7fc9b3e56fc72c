import type { CfnResource } from 'aws-cdk-lib';
import type { SyncFunction } from '../sync/sync-function.ts';
import { configText, list, object, type Part } from './config-text.ts';

/** Has a function keep a binding that the parameters say, in place of the one that CDK knows. */
export function configure(syncFunction: SyncFunction, binding: Part): void {
  const resource = syncFunction.function.node.defaultChild as CfnResource;
  resource.addPropertyOverride(
    'Environment.Variables.ALBRIDGE_CONFIG',
    configText(object({ bindings: list(binding) })),
  );
}
