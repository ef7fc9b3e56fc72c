import { referencesIn } from './template/references.ts';
import type { ResourceDefinition } from './template/template.ts';

/** By logical id: what must be there before. */
export type Graph = ReadonlyMap<string, ReadonlySet<string>>;

/** What each of the resources depends on among them, by reference or by `DependsOn`. */
export function dependencies(resources: Readonly<Record<string, ResourceDefinition>>): Graph {
  return new Map(
    Object.entries(resources).map(([logicalId, { Properties, DependsOn = [] }]) => {
      const names = [...[DependsOn].flat(), ...referencesIn(Properties).map(({ name }) => name)];
      return [logicalId, new Set(names.filter((name) => Object.hasOwn(resources, name)))];
    }),
  );
}

/** The same graph the other way round: what must be gone before. Edges to what is not in it are left out. */
export function reversed(graph: Graph): Graph {
  const dependents = new Map([...graph.keys()].map((id) => [id, new Set<string>()]));
  for (const [id, needed] of graph) {
    for (const other of needed) dependents.get(other)?.add(id);
  }
  return dependents;
}

/** The members that lie on a circle, sorted; none in a graph that can be followed. */
export function circle(graph: Graph): string[] {
  let remaining = [...graph.keys()];
  for (let before = -1; before !== remaining.length; ) {
    before = remaining.length;
    remaining = free(remaining, graph);
    remaining = free(remaining, reversed(graph));
  }
  return remaining.sort();
}

/** Without those that wait for none of the others. */
function free(ids: readonly string[], graph: Graph): string[] {
  const left = new Set(ids);
  return ids.filter((id) => [...(graph.get(id) ?? [])].some((needed) => left.has(needed)));
}

/** The members in an order that none comes before what it depends on. The graph must have no circle. */
export function inOrder(graph: Graph): string[] {
  const ordered = new Set<string>();
  const visit = (id: string): void => {
    for (const needed of graph.get(id) ?? []) if (!ordered.has(needed)) visit(needed);
    ordered.add(id);
  };
  for (const id of graph.keys()) visit(id);
  return [...ordered];
}

/**
 * Runs `task` for each member when all that it waits for has succeeded, and what is independent at the same time.
 * Resolves when nothing is left running, to whether all succeeded. The graph must have no circle.
 */
export async function followGraph(graph: Graph, task: (id: string) => Promise<boolean>): Promise<boolean> {
  const outcomes = new Map<string, Promise<boolean>>();
  const outcome = (id: string): Promise<boolean> => {
    const running = outcomes.get(id) ?? follow(id);
    outcomes.set(id, running);
    return running;
  };
  async function follow(id: string): Promise<boolean> {
    const before = await Promise.all([...(graph.get(id) ?? [])].map(outcome));
    return before.every(Boolean) && task(id);
  }
  const all = await Promise.all([...graph.keys()].map(outcome));
  return all.every(Boolean);
}
