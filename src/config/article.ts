import { AlbridgeError } from '../engine/errors.ts';
import type { Config } from './config.ts';
import { parseConfig } from './parse-config.ts';

/** What the 2022 article's updater takes, in its event or in its environment; every value is a string there. */
const fields = ['targetPort', 'albDescription', 'nlbTargetGroupArn'] as const;

/** Whether an event is of the article's form: it has one of its fields at least. */
export function isArticleEvent(values: Readonly<Record<string, unknown>>): boolean {
  return fields.some((field) => values[field] !== undefined && values[field] !== '');
}

/**
 * The one binding that the article's three fields stand for; undefined where none of them is there. Other fields,
 * as a scheduled event has, are passed over.
 */
export function articleConfig(values: Readonly<Record<string, unknown>>, origin: string): Config | undefined {
  const missing = fields.filter((field) => values[field] === undefined || values[field] === '');
  if (missing.length === fields.length) return undefined;
  if (missing.length > 0) {
    const message = `${origin} is not valid: ${missing.join(' and ')} missing; give ${fields.join(', ')}`;
    throw new AlbridgeError('invalid-config', message);
  }
  const { targetPort, albDescription, nlbTargetGroupArn } = values;
  const binding = {
    name: targetGroupName(String(nlbTargetGroupArn)),
    source: { type: 'load-balancer', description: albDescription },
    sink: { type: 'target-group', arn: nlbTargetGroupArn, port: Number(targetPort) },
    policy: { mode: 'sync' },
  };
  return parseConfig({ bindings: [binding] }, origin);
}

function targetGroupName(arn: string): string {
  return arn.split('/')[1] ?? 'article';
}
