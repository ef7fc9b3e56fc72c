import type { Cell } from '../../emulator/index.ts';
import type { Report } from './reporter.ts';

/** Tells of each scaling of an ALB; the function returned ends that. */
export function watchScaling(cell: Cell, albArn: string, report: Report): () => void {
  let known = count();
  function count(): number {
    const nodes = cell.loadBalancing.loadBalancers.get(albArn)?.nodes ?? [];
    return nodes.filter(({ phase }) => phase === 'starting' || phase === 'serving').length;
  }
  return cell.loadBalancing.changes.subscribe(() => {
    const now = count();
    if (now === known) return;
    report({ event: 'scaling', loadBalancer: albArn.split('/').at(-2) ?? '', from: known, to: now });
    known = now;
  });
}

/** What the log line of a pass holds; see `src/app/log-line.ts`. */
interface PassLine {
  binding: string;
  added: string[];
  removed: { address: string }[];
  withheld: { address: string; reason: string }[];
  errors: { message: string }[];
}

/** Tells of each pass that a function has logged: the passes that changed, withheld or failed something. */
export function watchPasses(cell: Cell, report: Report): () => void {
  return cell.logGroups.subscribe(({ message }) => {
    const pass = parse(message);
    if (!pass) return;
    report({
      event: 'pass',
      binding: pass.binding,
      added: pass.added,
      removed: pass.removed.map(({ address }) => address),
      withheld: pass.withheld.map(({ address, reason }) => `${address} (${reason})`),
      errors: pass.errors.map(({ message: text }) => text),
    });
  });
}

function parse(message: string): PassLine | undefined {
  if (!message.startsWith('{')) return undefined;
  try {
    const line = JSON.parse(message) as Partial<PassLine>;
    return Array.isArray(line.added) && Array.isArray(line.removed) ? (line as PassLine) : undefined;
  } catch {
    return undefined;
  }
}
