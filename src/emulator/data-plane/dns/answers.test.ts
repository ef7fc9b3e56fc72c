import { expect, it } from 'vitest';
import { steppedClock } from '../../clock/stepped-clock.ts';
import { seeded } from '../../core/random.ts';
import { addBalancer, addNode, emptyCell } from '../testing/world.ts';
import { recordsOf } from './answers.ts';

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

const lookUp = (name: string, seed = 1) => recordsOf([cell], name, seeded(seed))?.addresses.toSorted();

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

it('says who holds the zone of a load balancer’s name: the local AWS itself', () => {
  const zone = alb.dnsName.slice(alb.dnsName.indexOf('.') + 1);
  const { nameServers = [] } = recordsOf([cell], zone, seeded(1)) ?? {};
  expect(nameServers).toEqual([`ns-1.${zone}`, `ns-2.${zone}`]);
  expect(nameServers.map((name) => lookUp(name))).toEqual([['127.0.0.1'], ['127.0.0.1']]);
});

it('answers for names that were set, until they are deleted', () => {
  cell.names.set('DB.example', { addresses: ['10.0.3.1', 'fd00::1'], ttl: 5 });
  expect(recordsOf([cell], 'db.example.', seeded(1))).toMatchObject({ ttl: 5 });
  expect(lookUp('db.EXAMPLE')).toEqual(['10.0.3.1', 'fd00::1']);
  expect(cell.names.delete('db.example')).toBe(true);
  expect(lookUp('db.example')).toBeUndefined();
});

it('answers so many of a set name at most, of each family', () => {
  const addresses = ['10.0.3.1', '10.0.3.2', '10.0.3.3', 'fd00::1', 'fd00::2', 'fd00::3'];
  cell.names.set('many.example', { addresses, ttl: 5, atMost: 2 });
  const answered = lookUp('many.example') ?? [];
  expect(answered.filter((address) => address.includes(':'))).toHaveLength(2);
  expect(answered).toHaveLength(4);
});
