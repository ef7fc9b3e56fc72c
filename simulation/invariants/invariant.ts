import type { Outcome } from '../../src/engine/outcome.ts';
import type { Run } from '../aws/run.ts';
import type { Input, Write } from '../aws/write.ts';
import type { BindingTruth } from '../truth/chronicle.ts';

/** Where and when something happens: how it stands in truth, and what the run has seen. */
export interface Scene {
  truth: BindingTruth;
  run: Run;
  now: number;
  /** What a read tells may be as old as this; 0 where all reads are fresh. */
  lag: number;
}

/** What must hold, whatever the world does; each method tells how it is broken, or nothing. */
export interface Invariant {
  id: string;
  statement: string;
  /** A call is made. */
  called?(operation: string, input: Input): string | undefined;
  /** A write to a group that no binding feeds is about to take effect. */
  strayed?(write: Write): string | undefined;
  /** A write is about to take effect. */
  writing?(write: Write, scene: Scene): string | undefined;
  /** A write has taken effect. */
  written?(write: Write, scene: Scene): string | undefined;
  /** A pass has come to its end, whatever the outcome. */
  passed?(outcome: Outcome, scene: Scene): string | undefined;
}

/** The earliest moment whose state this run can have seen in the sink, and in anything it read later. */
export function seenSince({ run, truth, lag }: Scene): number {
  return (run.sightings.sinkReadAt(truth.binding.name) ?? run.started) - lag;
}

/** Whether the source's word is the configuration itself, which a run has from its start. */
export function isDeclared({ binding }: BindingTruth): boolean {
  return binding.source.reads.length === 0;
}

/** Whether the run was shown all of the source: the world left nothing out, and nothing was a sample. */
export function sawWhole({ binding }: BindingTruth, { sightings }: Run): boolean {
  return binding.source.reads.every((key) => sightings.sawWhole(key));
}
