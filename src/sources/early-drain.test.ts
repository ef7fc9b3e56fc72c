import { describe, expect, it } from 'vitest';
import { divideByService } from './early-drain.ts';

const node = (address: string, publicAddress?: string) => ({
  subnetId: 'subnet-1',
  inUse: true,
  addresses: [address],
  publicAddresses: publicAddress === undefined ? [] : [publicAddress],
});

describe('divideByService', () => {
  it('goes by public addresses where the load balancer faces the internet', () => {
    const [first, second] = [node('10.0.0.1', '203.0.113.1'), node('10.0.0.2', '203.0.113.2')];
    expect(divideByService([first, second], new Set(['203.0.113.2']))).toEqual({
      inService: [second],
      outOfService: [first],
    });
  });

  it('counts all of an interface in service when one of its addresses is', () => {
    const dual = { ...node('10.0.0.1'), addresses: ['10.0.0.1', 'fd00::1'] };
    expect(divideByService([dual], new Set(['10.0.0.1'])).inService).toEqual([dual]);
  });
});
