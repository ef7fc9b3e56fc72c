import { describe, expect, it } from 'vitest';
import { complete } from '../engine/observation.ts';
import { staticSource } from './static.ts';

describe('a static source', () => {
  it('names its addresses, in order', async () => {
    expect(await staticSource(['10.0.0.10', '10.0.0.9']).read()).toEqual(complete(['10.0.0.9', '10.0.0.10']));
  });

  it('cannot tell what became of others', async () => {
    expect(await staticSource(['10.0.0.9']).confirm(['10.0.0.1'], complete([]))).toEqual(
      new Map([['10.0.0.1', 'untold']]),
    );
  });
});
