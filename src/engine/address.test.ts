import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressFamily, compareAddresses, parseAddress, sortAddresses } from './address.ts';

describe('parseAddress', () => {
  it.each([
    ['10.0.0.1', '10.0.0.1'],
    ['255.255.255.255', '255.255.255.255'],
    ['2001:DB8::1', '2001:db8::1'],
    ['2001:0db8:0000:0000:0001:0000:0000:0001', '2001:db8::1:0:0:1'],
    ['::', '::'],
    ['0:0:0:0:0:0:0:1', '::1'],
    ['1:0:2:3:4:5:6:7', '1:0:2:3:4:5:6:7'],
    ['::ffff:10.0.0.1', '::ffff:a00:1'],
    ['fd00::', 'fd00::'],
  ])('writes %s as %s', (text, canonical) => {
    expect(parseAddress(text)).toBe(canonical);
  });

  it.each([
    '',
    '10.0.0',
    '10.0.0.256',
    '10.0.0.01',
    '10.0.0.1/32',
    ' 10.0.0.1',
    'example.com',
    ':',
    ':::',
    '1::2::3',
    '1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:8:9',
    '1:2:3:4:5:6:7:8::',
    '1:2:3:4::5:6:7:8',
    'g::1',
    '1:g::1',
    'abcd',
    '12345::',
    '10.0.0.1::1',
  ])('refuses %j', (text) => {
    expect(parseAddress(text)).toBeUndefined();
  });

  it('leaves what is canonical as it is, and reads every spelling of an address alike', () => {
    fc.assert(
      fc.property(fc.ipV6(), (text) => {
        const canonical = parseAddress(text);
        expect(parseAddress(canonical ?? '')).toBe(canonical);
        expect(parseAddress(text.toUpperCase())).toBe(canonical);
        // The platform's own parser of addresses, as a second opinion.
        expect(`[${canonical}]`).toBe(new URL(`http://[${text}]`).hostname);
      }),
    );
  });
});

describe('sortAddresses', () => {
  it('orders by number, IPv4 first, without repetitions', () => {
    const unsorted = ['fd00::10', '10.0.0.10', '10.0.0.9', 'fd00::9', '::1', '9.0.0.1', '10.0.0.9'];
    const sorted = ['9.0.0.1', '10.0.0.9', '10.0.0.10', '::1', 'fd00::9', 'fd00::10'];
    expect(sortAddresses(unsorted)).toEqual(sorted);
    expect(sortAddresses(unsorted.reverse())).toEqual(sorted);
  });

  it.each(['10.0.0.1', 'fd00::1'])('puts %s neither before nor after itself', (address) => {
    expect(compareAddresses(address, address)).toBe(0);
  });

  it('is a total order', () => {
    const address = fc.oneof(fc.ipV4(), fc.ipV6()).map((text) => parseAddress(text) ?? text);
    fc.assert(
      fc.property(address, address, (first, second) => {
        expect(Math.sign(compareAddresses(first, second))).toBe(
          -Math.sign(compareAddresses(second, first)) + 0,
        );
        expect(compareAddresses(first, second) === 0).toBe(first === second);
      }),
    );
  });
});

describe('addressFamily', () => {
  it('tells the two apart', () => {
    expect(addressFamily('10.0.0.1')).toBe('ipv4');
    expect(addressFamily('fd00::1')).toBe('ipv6');
  });
});
