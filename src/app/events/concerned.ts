import type { BindingConfig, LoadBalancerSourceConfig, SourceConfig } from '../../config/config.ts';
import type { Hint, Trigger } from './trigger.ts';

/** The bindings that a trigger asks a pass of: all, unless it tells that some cannot be concerned. */
export function concerned(bindings: readonly BindingConfig[], trigger: Trigger): readonly BindingConfig[] {
  switch (trigger.kind) {
    case 'hint':
      return bindings.filter(({ source }) => mayConcern(source, trigger.hint));
    case 'recheck':
      return bindings.filter(({ source }) => mayConcern(source, trigger.hint) && goesByName(source));
    default:
      return bindings;
  }
}

/** Whether the source's addresses may have moved, as far as the hint goes. */
function mayConcern(source: SourceConfig, hint: Hint): boolean {
  if (hint.about === 'anything') return true;
  switch (source.type) {
    case 'static':
      return false;
    case 'dns':
      return hint.about === 'database';
    case 'load-balancer':
      return hint.about === 'interface' && holds(source, hint.description);
    case 'vpc-endpoint':
    case 'network-interfaces':
      return hint.about === 'interface';
    case 'merged':
      return source.sources.some((part) => mayConcern(part, hint));
  }
}

/** Whether the interface may be the load balancer's: what was deleted is told by its id alone. */
function holds({ arn, description = '' }: LoadBalancerSourceConfig, told: string | undefined): boolean {
  if (told === undefined || told === description) return true;
  if (arn !== undefined) return arn.endsWith(`:loadbalancer/${told.replace(/^ELB /, '')}`);
  return told.split('/')[1] === description;
}

/** Whether the source asks DNS, which tells what has moved some time after the event (FM16). */
function goesByName(source: SourceConfig): boolean {
  switch (source.type) {
    case 'dns':
      return true;
    case 'load-balancer':
      return source.earlyDrain !== false && source.arn?.includes(':loadbalancer/net/') !== true;
    case 'merged':
      return source.sources.some(goesByName);
    default:
      return false;
  }
}
