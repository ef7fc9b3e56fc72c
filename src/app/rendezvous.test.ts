import { describe, expect, it } from 'vitest';
import { rendezvous } from './rendezvous.ts';

/** A rendezvous whose patience a test ends, and the names of those who went on. */
function meeting() {
  const patience: { end: () => void; signal: AbortSignal | undefined }[] = [];
  const wait = (_milliseconds: number, signal?: AbortSignal) =>
    new Promise<void>((resolve, reject) => {
      signal?.addEventListener('abort', () => reject(signal.reason));
      patience.push({ end: resolve, signal });
    });
  const { expect: expectOne } = rendezvous({ wait, patience: 1_000 });
  const gone: string[] = [];
  const expected = (name: string) => {
    const one = expectOne();
    return { leave: one.leave, arrive: () => void one.arrive().then(() => gone.push(name)) };
  };
  return { expected, gone, patience };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('rendezvous', () => {
  it('does not hold one that is alone', async () => {
    const { expected, gone, patience } = meeting();
    expected('only').arrive();
    await turn();
    expect(gone).toEqual(['only']);
    expect(patience).toEqual([]);
  });

  it('lets all go on together when the last has arrived', async () => {
    const { expected, gone, patience } = meeting();
    const [first, second, third] = [expected('first'), expected('second'), expected('third')];
    first.arrive();
    second.arrive();
    await turn();
    expect(gone).toEqual([]);
    third.arrive();
    await turn();
    expect(gone).toEqual(['first', 'second', 'third']);
    expect(patience.map(({ signal }) => signal?.aborted)).toEqual([true]);
  });

  it('waits for nobody who has left', async () => {
    const { expected, gone } = meeting();
    const [first, second] = [expected('first'), expected('second')];
    first.arrive();
    second.leave();
    second.leave();
    await turn();
    expect(gone).toEqual(['first']);
  });

  it('waits no longer than its patience for one that does not come (FM20)', async () => {
    const { expected, gone, patience } = meeting();
    const [first, second, late] = [expected('first'), expected('second'), expected('late')];
    first.arrive();
    second.arrive();
    patience[0]?.end();
    await turn();
    expect(gone).toEqual(['first', 'second']);
    late.arrive();
    await turn();
    expect(gone).toEqual(['first', 'second', 'late']);
  });

  it('gathers those that come later anew', async () => {
    const { expected, gone, patience } = meeting();
    expected('first').arrive();
    const [second, third] = [expected('second'), expected('third')];
    second.arrive();
    await turn();
    expect(gone).toEqual(['first']);
    third.arrive();
    await turn();
    expect(gone).toEqual(['first', 'second', 'third']);
    expect(patience).toHaveLength(1);
  });
});
