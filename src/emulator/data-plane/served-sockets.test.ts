import { expect, it } from 'vitest';
import { steppedClock } from '../clock/stepped-clock.ts';
import { loopback } from './loopback/loopback.ts';
import { serveSockets } from './served-sockets.ts';
import { closingAfterEach } from './testing/closing.ts';
import { machineOf } from './testing/machine.ts';
import { send } from './testing/requests.ts';
import { addBalancer, addHost, addListener, addNode, emptyCell, moveNode } from './testing/world.ts';

const closing = closingAfterEach();

function serve() {
  const cell = emptyCell(steppedClock());
  const network = loopback('single');
  const sockets = serveSockets(cell, machineOf(network));
  closing(() => sockets.close());
  return {
    cell,
    sockets,
    announce: () => cell.loadBalancing.changes.announce(),
    isServed: (address: string, port = 80) => network.where({ address, port }) !== undefined,
    where: (address: string, port = 80) => network.where({ address, port }),
  };
}

it('listens on every node that serves or leaves, of load balancers that are active', async () => {
  const { cell, sockets, isServed } = serve();
  const alb = addBalancer(cell, 'application', []);
  addNode(cell, alb, '10.0.0.1', 'starting');
  addNode(cell, alb, '10.0.0.2', 'serving');
  addNode(cell, alb, '10.0.0.3', 'leaving');
  addNode(cell, alb, '10.0.0.4', 'dead');
  addListener(cell, alb, { Type: 'fixed-response' });
  addListener(cell, addBalancer(cell, 'application', ['10.0.0.5'], { state: 'provisioning' }), {
    Type: 'fixed-response',
  });
  await sockets.settled();
  expect([1, 2, 3, 4, 5].filter((host) => isServed(`10.0.0.${host}`))).toEqual([2, 3]);
});

it('listens on every address of a node, and on the port of each listener of a protocol there is', async () => {
  const { cell, sockets, isServed, announce } = serve();
  const nlb = addBalancer(cell, 'network', ['10.0.0.1']);
  nlb.nodes[0]?.interface.privateIpAddresses.push('10.0.0.2');
  addListener(cell, nlb, { Type: 'forward' }, { port: 81 });
  addListener(cell, nlb, { Type: 'forward' }, { port: 443, protocol: 'TLS' });
  addListener(cell, nlb, { Type: 'forward' }, { port: 53, protocol: 'UDP' });
  announce();
  await sockets.settled();
  expect(isServed('10.0.0.1', 81) && isServed('10.0.0.2', 81)).toBe(true);
  expect(isServed('10.0.0.1', 443)).toBe(true);
  expect(isServed('10.0.0.1', 53)).toBe(false);
});

it('stops listening when the node, the listener or the load balancer goes', async () => {
  const { cell, sockets, where, announce } = serve();
  const alb = addBalancer(cell, 'application', ['10.0.0.1', '10.0.0.2']);
  const action = { Type: 'fixed-response', FixedResponseConfig: { StatusCode: '200' } } as const;
  const listener = addListener(cell, alb, action);
  addListener(cell, alb, action, { port: 81 });
  await sockets.settled();
  const [first, second, other] = [where('10.0.0.1'), where('10.0.0.2'), where('10.0.0.2', 81)];
  expect(await send(first)).toMatchObject({ status: 200 });

  alb.nodes = alb.nodes.slice(1);
  announce();
  await expect(send(first)).rejects.toThrow('ECONNREFUSED');
  expect(await send(second)).toMatchObject({ status: 200 });

  cell.loadBalancing.listeners.delete(listener.arn);
  announce();
  await expect(send(second)).rejects.toThrow('ECONNREFUSED');
  expect(await send(other)).toMatchObject({ status: 200 });

  cell.loadBalancing.loadBalancers.delete(alb.arn);
  announce();
  await expect(send(other)).rejects.toThrow('ECONNREFUSED');
});

it('does not listen in the end where a node died as it began to', async () => {
  const { cell, sockets, isServed } = serve();
  const alb = addBalancer(cell, 'application', []);
  const node = addNode(cell, alb, '10.0.0.1');
  addListener(cell, alb, { Type: 'fixed-response' });
  const began = sockets.settled();
  moveNode(cell, node, 'dead');
  await began;
  await sockets.settled();
  expect(isServed('10.0.0.1')).toBe(false);
});

it('takes connections to a host on to its server, until the host goes', async () => {
  const { cell, sockets, where } = serve();
  const server = await addHost(cell, '10.0.9.1');
  closing(() => server.close());
  server.on('request', (_request, response) => response.end('host'));
  await sockets.settled();
  const place = where('10.0.9.1');
  expect(await send(place)).toMatchObject({ status: 200, body: 'host' });
  for (const host of cell.hosts.all) cell.hosts.remove(host);
  await expect(send(place)).rejects.toThrow('ECONNREFUSED');
});
