import type { Cell } from '../../core/cell.ts';
import { uuid } from '../../core/random.ts';

/** An event as rules match it and targets get it. */
export interface Event {
  version: '0';
  id: string;
  'detail-type': string;
  source: string;
  account: string;
  /** To the second: `2026-01-01T00:00:00Z` */
  time: string;
  region: string;
  resources: readonly string[];
  detail: unknown;
}

export interface EventContents {
  detailType: string;
  source: string;
  resources: readonly string[];
  detail: unknown;
  /** Milliseconds since the epoch; now, if not given. */
  time?: number | undefined;
}

export function createEvent({ account, region, clock, random }: Cell, contents: EventContents): Event {
  const time = new Date(contents.time ?? clock.now()).toISOString();
  return {
    version: '0',
    id: uuid(random),
    'detail-type': contents.detailType,
    source: contents.source,
    account,
    time: time.replace(/\.\d+Z$/, 'Z'),
    region,
    resources: contents.resources,
    detail: contents.detail,
  };
}
