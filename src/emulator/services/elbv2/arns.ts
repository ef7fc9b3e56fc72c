import type { Cell } from '../../core/cell.ts';
import { hex } from '../../core/random.ts';

/** A new ARN of the service: `kind` is `loadbalancer/app/<name>`, `targetgroup/<name>` and so on. */
export function newArn(cell: Cell, kind: string): string {
  return `arn:aws:elasticloadbalancing:${cell.region}:${cell.account}:${kind}/${hex(cell.random, 16)}`;
}

/** ARNs of listeners and rules hang below their load balancer's: `…:listener/app/<name>/<id>/<id>`. */
export function newArnBelow(cell: Cell, parentArn: string, parentKind: string, kind: string): string {
  return `${parentArn.replace(`:${parentKind}/`, `:${kind}/`)}/${hex(cell.random, 16)}`;
}
