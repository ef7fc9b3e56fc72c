import { describe, expect, it } from 'vitest';
import { cidrBlocks } from './cidr.ts';

describe('cidrBlocks', () => {
  it.each([
    { block: '10.0.0.0/16', count: 3, bits: 8, want: ['10.0.0.0/24', '10.0.1.0/24', '10.0.2.0/24'] },
    {
      block: '10.1.2.0/24',
      count: 4,
      bits: 6,
      want: ['10.1.2.0/26', '10.1.2.64/26', '10.1.2.128/26', '10.1.2.192/26'],
    },
    {
      block: '2001:db8:1:a00::/56',
      count: 2,
      bits: 64,
      want: ['2001:db8:1:a00::/64', '2001:db8:1:a01::/64'],
    },
    { block: '192.168.0.0/24', count: 1, bits: undefined, want: ['192.168.0.0/24'] },
  ])('cuts $block into $count of $bits bits', ({ block, count, bits, want }) => {
    expect(cidrBlocks(block, count, bits)).toEqual(want);
  });

  it.each([
    { name: 'too many', block: '10.0.0.0/24', count: 2, bits: 8 },
    { name: 'too wide', block: '10.0.0.0/24', count: 1, bits: 9 },
    { name: 'none', block: '10.0.0.0/24', count: 0, bits: 4 },
    { name: 'not a block', block: '10.0.0.0', count: 1, bits: 8 },
    { name: 'not an address', block: '10.0.0.300/16', count: 1, bits: 8 },
  ])('gives nothing where it cannot: $name', ({ block, count, bits }) => {
    expect(cidrBlocks(block, count, bits)).toBeUndefined();
  });
});
