import { expect, it } from 'vitest';
import { parseAddress } from '../engine/address.ts';
import { keptZones } from './kept-zones.ts';

function address(index: number) {
  const parsed = parseAddress(`10.1.${Math.floor(index / 256)}.${index % 256}`);
  if (!parsed) throw new Error(`no address at ${index}`);
  return parsed;
}

it('begins anew once it holds ten thousand zones, and not before', () => {
  const kept = keptZones();
  for (let index = 0; index < 10_000; index++) kept.put('group', address(index), 'all');
  expect([kept.get('group', address(0)), kept.get('group', address(9_999))]).toEqual(['all', 'all']);
  kept.put('group', address(10_000), 'none');
  expect(kept.get('group', address(0))).toBeUndefined();
  expect(kept.get('group', address(10_000))).toBe('none');
});

it('tells groups apart', () => {
  const kept = keptZones();
  kept.put('group', address(1), 'all');
  expect(kept.get('other', address(1))).toBeUndefined();
});
