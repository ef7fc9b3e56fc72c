import type { EventBridge, Target } from '@aws-sdk/client-eventbridge';
import { AwsError } from '../../core/aws-error.ts';
import { required } from '../../core/required.ts';
import type { Operations } from '../../core/service.ts';
import type { EventTarget } from '../../world/events/event-rules.ts';
import { findRule } from './lookup.ts';
import { pageOf } from './pages.ts';

const mostTargets = 5;

export const targets: Operations<EventBridge> = {
  PutTargets(input, call) {
    const rule = findRule({ Name: input.Rule, EventBusName: input.EventBusName }, call);
    const added = required(input.Targets, 'targets').map(readTarget);
    const ids = new Set([...rule.targets.keys(), ...added.map(({ id }) => id)]);
    if (ids.size > mostTargets) {
      throw new AwsError(
        'LimitExceededException',
        'The requested resource exceeds the maximum number allowed.',
      );
    }
    for (const target of added) rule.targets.set(target.id, target);
    return { FailedEntryCount: 0, FailedEntries: [] };
  },

  RemoveTargets(input, call) {
    const rule = findRule({ Name: input.Rule, EventBusName: input.EventBusName }, call);
    const unknown = required(input.Ids, 'ids').filter((id) => !rule.targets.delete(id));
    return {
      FailedEntryCount: unknown.length,
      FailedEntries: unknown.map((id) => ({
        TargetId: id,
        ErrorCode: 'ResourceNotFoundException',
        ErrorMessage: `Target ${id} does not exist on rule ${rule.name}.`,
      })),
    };
  },

  ListTargetsByRule(input, call) {
    const rule = findRule({ Name: input.Rule, EventBusName: input.EventBusName }, call);
    const { items, nextToken } = pageOf([...rule.targets.values()], ({ id }) => id, input);
    return { Targets: items.map(describe), NextToken: nextToken };
  },
};

/** Everything that would change what is delivered, or where to, is known here or refused. */
function readTarget(target: Target): EventTarget {
  const [id, arn] = [required(target.Id, 'targets.id'), required(target.Arn, 'targets.arn')];
  if (!/^arn:aws:lambda:[^:]+:\d{12}:function:/.test(arn)) {
    throw invalid(
      `${arn} is not a target that this local AWS delivers to: give the ARN of a Lambda function`,
    );
  }
  if (target.InputPath !== undefined || target.InputTransformer) {
    throw invalid(
      `InputPath and InputTransformer of target ${id} are not known to this local AWS: use Input`,
    );
  }
  if (target.DeadLetterConfig?.Arn !== undefined) {
    throw invalid(`DeadLetterConfig of target ${id} is not known to this local AWS: leave it out`);
  }
  return { id, arn, roleArn: target.RoleArn, input: target.Input, retryPolicy: target.RetryPolicy };
}

function describe({ id, arn, roleArn, input, retryPolicy }: EventTarget): Target {
  return {
    Id: id,
    Arn: arn,
    ...(roleArn !== undefined && { RoleArn: roleArn }),
    ...(input !== undefined && { Input: input }),
    ...(retryPolicy && { RetryPolicy: retryPolicy }),
  };
}

function invalid(message: string): AwsError {
  return new AwsError('ValidationException', message);
}
