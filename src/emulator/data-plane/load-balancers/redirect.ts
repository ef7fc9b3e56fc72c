import type { RedirectActionConfig } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { RequestFacts } from './rule-matching.ts';

export interface RedirectedFrom extends Pick<RequestFacts, 'host' | 'path' | 'query'> {
  protocol: string;
  port: number;
}

/** The Location of a redirect: what the action leaves out stays as it was, and so does each `#{part}`. */
export function redirectLocation(config: RedirectActionConfig, from: RedirectedFrom): string {
  const parts: Record<string, string> = {
    protocol: from.protocol,
    host: from.host.replace(/:\d+$/, ''),
    port: String(from.port),
    path: from.path.slice(1),
    query: from.query,
  };
  const fill = (text: string): string => text.replace(/#\{(\w+)\}/g, (kept, name) => parts[name] ?? kept);
  const protocol = fill(config.Protocol ?? '#{protocol}').toLowerCase();
  const authority = `${fill(config.Host ?? '#{host}')}:${fill(config.Port ?? '#{port}')}`;
  const query = fill(config.Query ?? '#{query}');
  return `${protocol}://${authority}${fill(config.Path ?? '/#{path}')}${query && `?${query}`}`;
}
