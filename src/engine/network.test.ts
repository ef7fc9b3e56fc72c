import { describe, expect, it } from 'vitest';
import { containedInAny, contains, everyIpv4, everyIpv6, privateIpv4 } from './network.ts';

describe('contains', () => {
  it.each([
    { network: '10.0.0.0/8', address: '10.255.255.255', want: true },
    { network: '10.0.0.0/8', address: '11.0.0.0', want: false },
    { network: '10.1.2.3/32', address: '10.1.2.3', want: true },
    { network: '10.1.2.3/32', address: '10.1.2.4', want: false },
    { network: '100.64.0.0/10', address: '100.127.255.255', want: true },
    { network: '100.64.0.0/10', address: '100.128.0.0', want: false },
    { network: 'fd00::/8', address: 'fdff::1', want: true },
    { network: 'fd00:1::/32', address: 'fd00:2::1', want: false },
    { network: everyIpv4, address: '203.0.113.1', want: true },
    { network: everyIpv4, address: '::1', want: false },
    { network: everyIpv6, address: '::1', want: true },
    { network: everyIpv6, address: '10.0.0.1', want: false },
    { network: '10.0.0.0/33', address: '10.0.0.0', want: false },
    { network: '10.0.0.0', address: '10.0.0.0', want: false },
    { network: '10.0.0.0/8x', address: '10.0.0.0', want: false },
    { network: '10.0.0.0/0x8', address: '10.0.0.0', want: false },
    { network: 'anything', address: '10.0.0.0', want: false },
  ])('$network holds $address: $want', ({ network, address, want }) => {
    expect(contains(network, address)).toBe(want);
  });
});

describe('privateIpv4', () => {
  it.each(['10.0.0.1', '172.31.0.1', '192.168.1.1', '100.64.0.1'])('holds %s', (address) => {
    expect(containedInAny(privateIpv4, address)).toBe(true);
  });

  it.each(['172.32.0.1', '8.8.8.8', '169.254.169.254'])('does not hold %s', (address) => {
    expect(containedInAny(privateIpv4, address)).toBe(false);
  });
});
