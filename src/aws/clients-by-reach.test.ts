import { describe, expect, it } from 'vitest';
import { clientsByReach } from './clients-by-reach.ts';

const wait = () => Promise.reject(new Error('nothing is called'));

describe('clientsByReach', () => {
  const role = { arn: 'arn:aws:iam::111122223333:role/writer' };

  it('makes clients once for each region and role', () => {
    const clientsOf = clientsByReach({ now: () => 0, wait, region: 'us-east-1' });
    const reaches = [
      clientsOf(undefined),
      clientsOf('eu-west-1'),
      clientsOf('eu-west-1', role),
      clientsOf('eu-west-1', { ...role, externalId: 'one' }),
      clientsOf('eu-west-1', { ...role, externalId: 'two' }),
    ];
    expect(new Set(reaches).size).toBe(5);
    expect(clientsOf('us-east-1')).toBe(reaches[0]);
    expect(clientsOf('eu-west-1')).toBe(reaches[1]);
    expect(clientsOf('eu-west-1', { ...role, externalId: 'two' })).toBe(reaches[4]);
  });
});
