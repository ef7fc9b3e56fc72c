import { describe, expect, it } from 'vitest';
import { parseSocketAddress } from './socket-address.ts';

describe('parseSocketAddress', () => {
  it.each([
    { text: '10.0.0.2', want: { address: '10.0.0.2' } },
    { text: '10.0.0.2:5353', want: { address: '10.0.0.2', port: 5353 } },
    { text: '10.0.0.2:1', want: { address: '10.0.0.2', port: 1 } },
    { text: '10.0.0.2:65535', want: { address: '10.0.0.2', port: 65_535 } },
    { text: 'FD00::2', want: { address: 'fd00::2' } },
    { text: '[fd00::2]:53', want: { address: 'fd00::2', port: 53 } },
    { text: 'fd00::2:53', want: { address: 'fd00::2:53' } },
  ])('reads $text', ({ text, want }) => {
    expect(parseSocketAddress(text)).toEqual(want);
  });

  it.each([
    '',
    'dns.test',
    'dns.test:53',
    '10.0.0.2:',
    '10.0.0.2:0',
    '10.0.0.2:65536',
    '10.0.0.2:100000',
    '10.0.0.2:53 ',
    '[10.0.0.2]:53',
    '[fd00::2]',
    '[]:53',
  ])('refuses %j', (text) => {
    expect(parseSocketAddress(text)).toBeUndefined();
  });
});
