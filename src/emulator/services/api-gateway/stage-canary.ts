import type { PatchOperation } from '@aws-sdk/client-api-gateway';
import type { Stage } from '../../world/apis/rest-api.ts';
import { badRequest } from './errors.ts';
import { asBoolean, type Patchable } from './patch.ts';

/** What of a canary may be patched; it comes into being with its first setting. */
export const canaryPatches: Patchable<Stage> = {
  '/canarySettings': (stage) => {
    stage.canary = undefined;
  },
  '/canarySettings/percentTraffic': (stage, value) => {
    const percentTraffic = Number(value);
    if (!(percentTraffic >= 0 && percentTraffic <= 100)) {
      throw badRequest(`Percent traffic must be between 0.0 and 100.0, not ${value}`);
    }
    stage.canary = { ...ordinary(stage), percentTraffic };
  },
  '/canarySettings/deploymentId': (stage, value) => {
    stage.canary = { ...ordinary(stage), ...(value !== undefined && { deploymentId: value }) };
  },
  '/canarySettings/useStageCache': (stage, value) => {
    stage.canary = { ...ordinary(stage), useStageCache: asBoolean(value) };
  },
  '/canarySettings/stageVariableOverrides/{name}': (stage, value, name = '') => {
    const { [name]: _, ...others } = stage.canary?.stageVariableOverrides ?? {};
    const stageVariableOverrides = value === undefined ? others : { ...others, [name]: value };
    stage.canary = { ...ordinary(stage), stageVariableOverrides };
  },
};

/** Copies from the canary to the stage: how a canary is promoted. */
export function promote(stage: Stage, { path, from }: PatchOperation): void {
  if (from === '/canarySettings/deploymentId' && path === '/deploymentId') {
    stage.deploymentId = stage.canary?.deploymentId ?? stage.deploymentId;
  } else if (from === '/canarySettings/stageVariableOverrides' && path === '/variables') {
    for (const [name, value] of Object.entries(stage.canary?.stageVariableOverrides ?? {})) {
      stage.variables.set(name, value);
    }
  } else throw badRequest(`Invalid copy from '${from}' to '${path}'`);
}

function ordinary(stage: Stage): NonNullable<Stage['canary']> {
  return stage.canary ?? { deploymentId: stage.deploymentId, percentTraffic: 0, useStageCache: false };
}
