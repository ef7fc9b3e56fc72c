import { createServer, type RequestListener } from 'node:http';
import { beforeEach, describe, expect, it } from 'vitest';
import { type SteppedClock, steppedClock } from '../../clock/stepped-clock.ts';
import type { Cell } from '../../core/cell.ts';
import type { Listener } from '../../world/load-balancing/listener.ts';
import type { TargetGroup } from '../../world/load-balancing/target-group.ts';
import { type Loopback, loopback } from '../loopback/loopback.ts';
import { type ServedSockets, serveSockets } from '../served-sockets.ts';
import { closingAfterEach } from '../testing/closing.ts';
import { machineOf } from '../testing/machine.ts';
import { type Answer, send } from '../testing/requests.ts';
import { addBalancer, addHost, addListener, addTargetGroup, emptyCell, forwardTo } from '../testing/world.ts';

const closing = closingAfterEach();
const targets = ['10.0.9.1', '10.0.9.2', '10.0.9.3'];

let clock: SteppedClock;
let cell: Cell;
let network: Loopback;
let sockets: ServedSockets;
let group: TargetGroup;
let listener: Listener;

beforeEach(async () => {
  clock = steppedClock(Date.now());
  cell = emptyCell(clock);
  network = loopback('single');
  sockets = serveSockets(cell, machineOf(network));
  closing(() => sockets.close());
  const alb = addBalancer(cell, 'application', ['10.0.0.10']);
  group = addTargetGroup(cell, targets, { protocol: 'HTTP' });
  listener = addListener(cell, alb, forwardTo(group));
});

async function serve(handle: (address: string) => RequestListener): Promise<void> {
  for (const address of targets) {
    const server = await addHost(cell, address, createServer(handle(address)));
    closing(() => {
      server.close();
      server.closeAllConnections();
    });
  }
  await sockets.settled();
}

const plainly =
  (address: string): RequestListener =>
  (_request, response) =>
    response.end(address);

function ask(cookie?: string): Promise<Answer> {
  const place = network.where({ address: '10.0.0.10', port: 80 });
  return send(place, cookie === undefined ? {} : { headers: { Cookie: cookie } });
}

function cookieOf({ headers }: Answer, name: string): string | undefined {
  return headers['set-cookie']?.find((cookie) => cookie.startsWith(`${name}=`))?.split(';')[0];
}

async function bodies(count: number, cookie?: string): Promise<string[]> {
  const seen = new Set<string>();
  for (let sent = 0; sent < count; sent++) seen.add((await ask(cookie)).body);
  return [...seen].sort();
}

it('spreads requests over targets, and gives no cookie, where nothing is sticky', async () => {
  await serve(plainly);
  expect(await bodies(24)).toEqual(targets);
  expect((await ask()).headers['set-cookie']).toBeUndefined();
});

describe('the load balancer’s own cookie', () => {
  beforeEach(async () => {
    group.attributes.set('stickiness.enabled', 'true');
    group.attributes.set('stickiness.lb_cookie.duration_seconds', '60');
    await serve(plainly);
  });

  it('brings its client back to the target it had', async () => {
    const first = await ask();
    expect(await bodies(12, cookieOf(first, 'AWSALB'))).toEqual([first.body]);
    expect(await bodies(12, cookieOf(first, 'AWSALBCORS'))).toEqual([first.body]);
    expect(await bodies(24)).toEqual(targets);
  });

  it('is over after its duration', async () => {
    const cookie = cookieOf(await ask(), 'AWSALB');
    await clock.advance(60_000);
    expect((await bodies(24, cookie)).length).toBe(3);
  });

  it('gives a client of a target that is unhealthy another', async () => {
    const first = await ask();
    for (const target of group.registrations.values()) {
      if (target.id === first.body) target.state = 'unhealthy';
    }
    expect(await bodies(24, cookieOf(first, 'AWSALB'))).toEqual(targets.filter((one) => one !== first.body));
  });
});

describe('an application’s cookie', () => {
  beforeEach(async () => {
    group.attributes.set('stickiness.enabled', 'true');
    group.attributes.set('stickiness.type', 'app_cookie');
    group.attributes.set('stickiness.app_cookie.cookie_name', 'session');
    await serve((address) => (request, response) => {
      if (request.url === '/login') response.setHeader('Set-Cookie', 'session=1; Path=/');
      response.end(address);
    });
  });

  it('begins stickiness when the application sets it', async () => {
    expect((await ask()).headers['set-cookie']).toBeUndefined();
    const place = network.where({ address: '10.0.0.10', port: 80 });
    const login = await send(place, { path: '/login' });
    expect(login.headers['set-cookie']).toContain('session=1; Path=/');
    expect(await bodies(12, cookieOf(login, 'AWSALBAPP-0'))).toEqual([login.body]);
  });
});

describe('sticky target groups', () => {
  it('keep a client to the group that it had', async () => {
    const other = addTargetGroup(cell, ['10.0.9.3'], { protocol: 'HTTP' });
    group.registrations.delete('10.0.9.3:80');
    const TargetGroups = [group, other].map(({ arn }) => ({ TargetGroupArn: arn, Weight: 1 }));
    const TargetGroupStickinessConfig = { Enabled: true, DurationSeconds: 60 };
    listener.defaultActions = [
      { Type: 'forward', ForwardConfig: { TargetGroups, TargetGroupStickinessConfig } },
    ];
    await serve(plainly);
    expect(await bodies(32)).toEqual(targets);
    const first = await ask();
    const wanted = first.body === '10.0.9.3' ? ['10.0.9.3'] : ['10.0.9.1', '10.0.9.2'];
    expect(await bodies(16, cookieOf(first, 'AWSALBTG'))).toEqual(wanted);
    await clock.advance(60_000);
    expect(await bodies(32, cookieOf(first, 'AWSALBTG'))).toEqual(targets);
  });
});
