import type { Lambda } from '@aws-sdk/client-lambda';
import { AwsError } from '../../core/aws-error.ts';
import type { Operations } from '../../core/service.ts';
import type { LambdaFunction } from '../../world/functions/lambda-function.ts';
import { readCode } from './function-code.ts';
import { functionConfiguration } from './function-configuration.ts';
import { changedSettings } from './function-settings.ts';
import { findFunction } from './reference.ts';
import { requireSettled, revise } from './revisions.ts';
import { publish } from './versions.ts';

/** Changing what `$LATEST` is. */
export const updates: Operations<Lambda> = {
  UpdateFunctionCode(input, call) {
    const { cell } = call;
    const { target } = findFunction(input, call);
    requireSettled(target);
    requireRevision(target, input.RevisionId);
    const code = readCode(input, cell);
    if (input.DryRun) return functionConfiguration(target, { ...target.latest, code });
    const architecture = input.Architectures?.[0] ?? target.latest.settings.architecture;
    const revision = revise(cell, target, { code, settings: { ...target.latest.settings, architecture } });
    if (!input.Publish) return functionConfiguration(target, revision);
    const version = publish(cell, target, {});
    return functionConfiguration(target, version, version.version);
  },

  UpdateFunctionConfiguration(input, call) {
    const { target } = findFunction(input, call);
    requireSettled(target);
    requireRevision(target, input.RevisionId);
    const settings = changedSettings(target.latest.settings, input, call.cell);
    return functionConfiguration(target, revise(call.cell, target, { settings }));
  },
};

function requireRevision({ latest }: LambdaFunction, wanted: string | undefined): void {
  if (wanted === undefined || wanted === latest.revisionId) return;
  throw new AwsError(
    'PreconditionFailedException',
    'The RevisionId provided does not match the latest RevisionId. Call the GetFunction/GetAlias API to retrieve the latest RevisionId',
    412,
  );
}
