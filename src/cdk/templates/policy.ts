import { CfnParameter, type Stack } from 'aws-cdk-lib';
import { bare, object, type Part, text } from './config-text.ts';
import { type OptionalNumber, optionalNumber } from './number-parameter.ts';
import type { ParameterGroup } from './parameter-groups.ts';

/** What a pass may do, as parameters. */
export class Policy {
  readonly group: ParameterGroup;
  readonly config: Part;

  constructor(stack: Stack, { hasHealth }: { readonly hasHealth: boolean }) {
    const mode = new CfnParameter(stack, 'Mode', {
      allowedValues: ['sync', 'upsert-only'],
      default: 'sync',
      description: 'sync keeps exactly the addresses of the source; upsert-only never removes any',
      type: 'String',
    });
    const maxRemovals = optionalNumber(stack, 'MaxRemovals', {
      description: 'The most that one pass removes; 0 for no limit',
    });
    const minHealthyPercent = hasHealth ? minHealthy(stack) : undefined;
    this.config = policyConfig(mode, maxRemovals, minHealthyPercent);
    this.group = {
      label: 'Policy',
      parameters: [
        [mode, 'Mode'],
        ...(minHealthyPercent ? [[minHealthyPercent, 'Healthy targets, at least'] as const] : []),
        [maxRemovals.parameter, 'Removals, at most'],
      ],
    };
  }
}

function policyConfig(mode: CfnParameter, max: OptionalNumber, minHealthyPercent?: CfnParameter): Part {
  return object(
    { mode: text(mode), ...(minHealthyPercent && { minHealthyPercent: bare(minHealthyPercent) }) },
    { maxRemovals: [max.isGiven, bare(max.parameter)] },
  );
}

function minHealthy(stack: Stack): CfnParameter {
  return new CfnParameter(stack, 'MinHealthyPercent', {
    default: 100,
    description:
      'Part of the desired targets that must be healthy before one that still serves is deregistered, in percent',
    maxValue: 100,
    minValue: 0,
    type: 'Number',
  });
}
