import { Changes } from '../../core/changes.ts';
import type { AwaitedResponse } from './awaited-response.ts';
import type { Stack } from './stack.ts';

/** CloudFormation stacks with their resources and events. */
export class Stacks {
  /** Each event of a stack is a change. */
  readonly changes: Changes = new Changes();
  /** By id; deleted ones stay. */
  readonly byId: Map<string, Stack> = new Map();
  /** What custom resources have been asked for, by the key that their response URL names. */
  readonly awaitedResponses: Map<string, AwaitedResponse> = new Map();

  /** The stack of that id, deleted or not, or the one of that name that is not deleted. */
  find(nameOrId: string): Stack | undefined {
    return this.byId.get(nameOrId) ?? this.all().find((stack) => stack.name === nameOrId);
  }

  /** Those that are not deleted, in the order of their making. */
  all(): Stack[] {
    return [...this.byId.values()].filter(({ status }) => status !== 'DELETE_COMPLETE');
  }

  /** Values that stacks export, by name, but for those of `except`. */
  exports(except?: Stack): Map<string, { value: string; stackId: string }> {
    const exported = this.all()
      .filter((stack) => stack !== except)
      .flatMap((stack) => stack.outputs.map((output) => ({ stackId: stack.id, output })));
    return new Map(
      exported.flatMap(({ stackId, output: { ExportName: name, OutputValue: value = '' } }) =>
        name === undefined ? [] : [[name, { value, stackId }] as const],
      ),
    );
  }
}
