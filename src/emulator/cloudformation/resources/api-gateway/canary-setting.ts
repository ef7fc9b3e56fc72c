import type { PatchOperation } from '@aws-sdk/client-api-gateway';
import { readText } from '../../properties.ts';
import { isRecord, type Properties } from '../../template/template.ts';
import { replaceIfSaid } from './patches.ts';

/** Makes a stage's canary what its properties say: set where they have one, gone where they have it no more. */
export function canaryPatches(properties: Properties, previous: Properties): PatchOperation[] {
  const { CanarySetting: setting } = properties;
  if (!isRecord(setting)) {
    return isRecord(previous.CanarySetting) ? [{ op: 'remove', path: '/canarySettings' }] : [];
  }
  const before = isRecord(previous.CanarySetting) ? overridesOf(previous.CanarySetting) : {};
  const overrides = overridesOf(setting);
  const path = '/canarySettings/stageVariableOverrides/';
  const removed = Object.keys(before).filter((name) => !Object.hasOwn(overrides, name));
  return [
    ...replaceIfSaid('/canarySettings/deploymentId', readText(setting, 'DeploymentId')),
    ...replaceIfSaid('/canarySettings/percentTraffic', readText(setting, 'PercentTraffic')),
    ...replaceIfSaid('/canarySettings/useStageCache', readText(setting, 'UseStageCache')),
    ...removed.map((name) => ({ op: 'remove' as const, path: path + name })),
    ...Object.entries(overrides).flatMap(([name, value]) => replaceIfSaid(path + name, String(value))),
  ];
}

function overridesOf({ StageVariableOverrides: overrides }: Properties): Properties {
  return isRecord(overrides) ? overrides : {};
}
