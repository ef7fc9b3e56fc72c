import { expect, it } from 'vitest';
import { seeded } from '../../core/random.ts';
import { parseBlock } from './cidr.ts';
import { createVpc } from './create-vpc.ts';
import { Network } from './network.ts';
import { heldFor } from './reach.ts';

const random = seeded(1);
const [here, there] = [new Network(random), new Network(random)];
const make = (network: Network, cidr: string): string => {
  const block = parseBlock(cidr);
  if (!block) throw new Error(`no block: ${cidr}`);
  return createVpc(network, block).id;
};

const own = make(here, '10.0.0.0/16');
const sibling = make(here, '10.1.0.0/16');
const twin = make(here, '10.0.0.0/16');
const neighbour = make(there, '10.1.0.0/16');
const inside = make(there, '10.0.8.0/24');
const outside = undefined;

it.each([
  { name: 'its own', from: own, address: '10.0.0.9', holders: [twin, own], want: own },
  { name: 'nobody’s but its own', from: own, address: '10.0.0.9', holders: [twin, outside], want: null },
  { name: 'another’s', from: own, address: '10.1.0.9', holders: [neighbour], want: neighbour },
  {
    name: 'first its account’s',
    from: own,
    address: '10.1.0.9',
    holders: [neighbour, sibling],
    want: sibling,
  },
  { name: 'nobody’s whose range overlaps', from: own, address: '10.0.8.9', holders: [inside], want: null },
  {
    name: 'the same range’s from elsewhere',
    from: neighbour,
    address: '10.0.8.9',
    holders: [inside],
    want: inside,
  },
  { name: 'what is in no VPC', from: own, address: '192.168.0.1', holders: [outside], want: outside },
  { name: 'anybody’s, from no VPC', from: undefined, address: '10.0.0.9', holders: [twin, own], want: twin },
])('a connection comes to $name', ({ from, address, holders, want }) => {
  const held = heldFor(
    [here, there],
    from,
    address,
    holders.map((vpcId) => ({ vpcId })),
  );
  expect(held ? held.vpcId : null).toBe(want);
});
