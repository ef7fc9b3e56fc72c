import { AlbridgeError } from '../engine/errors.ts';
import { articleFields, isMissing } from './article-fields.ts';
import type { Config } from './config.ts';
import { parseConfig } from './parse-config.ts';

/**
 * The one binding that the article's three fields stand for; undefined where none of them is there. Other fields,
 * as a scheduled event has, are passed over.
 */
export function articleConfig(values: Readonly<Record<string, unknown>>, origin: string): Config | undefined {
  const missing = articleFields.filter((field) => isMissing(values[field]));
  if (missing.length === articleFields.length) return undefined;
  if (missing.length > 0) {
    const message = `${origin} is not valid: ${missing.join(' and ')} missing; give ${articleFields.join(', ')}`;
    throw new AlbridgeError('invalid-config', message);
  }
  const { targetPort, albDescription, nlbTargetGroupArn } = values;
  const binding = {
    name: targetGroupName(nlbTargetGroupArn),
    source: { type: 'load-balancer', description: albDescription },
    sink: { type: 'target-group', arn: nlbTargetGroupArn, port: portOf(targetPort) },
    policy: { mode: 'sync' },
  };
  return parseConfig({ bindings: [binding] }, origin);
}

/** A text as everything there, or a number; anything else is left for the schema to refuse. */
function portOf(value: unknown): unknown {
  return typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
}

function targetGroupName(arn: unknown): string {
  return (typeof arn === 'string' ? arn.split('/')[1] : undefined) ?? 'article';
}
