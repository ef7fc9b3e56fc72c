import { expect, it } from 'vitest';
import { steppedClock } from '../../clock/stepped-clock.ts';
import { seeded } from '../../core/random.ts';
import { addBalancer, addNode, emptyCell } from '../testing/world.ts';
import { addressesOf } from './answers.ts';

const cell = emptyCell(steppedClock());
const alb = addBalancer(cell, 'application', ['10.0.0.2', '10.0.0.1']);
addNode(cell, alb, '10.0.0.3', 'starting');
addNode(cell, alb, '10.0.0.4', 'leaving');
addNode(cell, alb, '10.0.0.5', 'dead');
addNode(cell, alb, '10.0.1.1').interface.availabilityZone = 'us-east-1b';
const large = addBalancer(
  cell,
  'application',
  Array.from({ length: 12 }, (_, host) => `10.0.2.${host}`),
);

const lookUp = (name: string, seed = 1) => addressesOf([cell], name, seeded(seed))?.sort();

it.each([
  { name: 'the nodes in service', asked: alb.dnsName, want: ['10.0.0.1', '10.0.0.2', '10.0.1.1'] },
  {
    name: 'a name in any case, with the dot of the root',
    asked: `${alb.dnsName.toUpperCase()}.`,
    want: ['10.0.0.1', '10.0.0.2', '10.0.1.1'],
  },
  { name: 'the nodes of a zone', asked: `us-east-1b.${alb.dnsName}`, want: ['10.0.1.1'] },
  { name: 'no zone the load balancer is not in', asked: `us-east-1c.${alb.dnsName}`, want: undefined },
  { name: 'no name of nobody', asked: 'nobody.elb.us-east-1.amazonaws.com', want: undefined },
])('knows $name', ({ asked, want }) => {
  expect(lookUp(asked)).toEqual(want);
});

it('answers eight of more, not always the same', () => {
  expect(lookUp(large.dnsName, 1)).toHaveLength(8);
  expect(lookUp(large.dnsName, 1)).not.toEqual(lookUp(large.dnsName, 2));
});
