import { describe, expect, it } from 'vitest';
import { circle, dependencies, followGraph, type Graph, inOrder, reversed } from './graph.ts';

const graph = (edges: Record<string, string[]>): Graph =>
  new Map(Object.entries(edges).map(([id, needed]) => [id, new Set(needed)]));

const edges = (graph: Graph) =>
  Object.fromEntries([...graph].map(([id, needed]) => [id, [...needed].sort()]));

const diamond = graph({ Api: ['Link', 'Log'], Link: ['Nlb'], Log: [], Nlb: [] });

describe('dependencies', () => {
  it('come from references and from DependsOn, among the resources given', () => {
    const found = dependencies({
      A: {
        Type: 'T',
        Properties: { P: { Ref: 'B' }, Q: { 'Fn::GetAtt': ['C', 'Arn'] }, R: { Ref: 'Parameter' } },
      },
      B: { Type: 'T', DependsOn: 'C' },
      C: { Type: 'T', DependsOn: ['Elsewhere'] },
    });
    expect(edges(found)).toEqual({ A: ['B', 'C'], B: ['C'], C: [] });
  });
});

describe('reversed', () => {
  it('turns each edge', () => {
    expect(edges(reversed(diamond))).toEqual({ Api: [], Link: ['Api'], Log: ['Api'], Nlb: ['Link'] });
  });
});

describe('circle', () => {
  it.each<{ name: string; edges: Record<string, string[]>; want: string[] }>([
    { name: 'none', edges: { A: ['B'], B: [] }, want: [] },
    { name: 'of one', edges: { A: ['A'] }, want: ['A'] },
    { name: 'with others hanging on', edges: { A: ['B'], B: ['C'], C: ['B'], D: [] }, want: ['B', 'C'] },
  ])('finds $name', ({ edges, want }) => {
    expect(circle(graph(edges))).toEqual(want);
  });
});

describe('inOrder', () => {
  it('puts what is needed first', () => {
    expect(inOrder(diamond)).toEqual(['Nlb', 'Link', 'Log', 'Api']);
  });
});

describe('followGraph', () => {
  it('starts what waits for nothing at once, and the others when what they wait for is through', async () => {
    const started: string[] = [];
    const finish = new Map<string, () => void>();
    const all = followGraph(diamond, (id) => {
      started.push(id);
      return new Promise((resolve) => finish.set(id, () => resolve(true)));
    });
    await settled();
    expect(started).toEqual(['Nlb', 'Log']);
    finish.get('Nlb')?.();
    await settled();
    expect(started).toEqual(['Nlb', 'Log', 'Link']);
    finish.get('Log')?.();
    finish.get('Link')?.();
    await settled();
    finish.get('Api')?.();
    expect(await all).toBe(true);
  });

  it('does not start what waits for a failure', async () => {
    const started: string[] = [];
    const all = await followGraph(diamond, async (id) => {
      started.push(id);
      return id !== 'Nlb';
    });
    expect(all).toBe(false);
    expect(started.sort()).toEqual(['Log', 'Nlb']);
  });
});

function settled(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
