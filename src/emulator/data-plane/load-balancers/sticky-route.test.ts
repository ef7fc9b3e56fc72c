import { expect, it } from 'vitest';
import type { Route } from '../../world/load-balancing/routing.ts';
import { stickyRoute } from './sticky-route.ts';

const route = (address: string): Route => ({
  target: {
    id: address,
    port: 80,
    availabilityZone: undefined,
    state: 'healthy',
    reason: undefined,
    description: undefined,
  },
  place: { address, port: 80 },
});
const routes = ['10.0.0.1', '10.0.0.2', '10.0.0.3', '10.0.0.4'].map(route);
const clients = Array.from({ length: 400 }, (_, index) => `10.1.${index >> 8}.${index & 255}`);
const choose = (among: Route[]): string[] =>
  clients.map((client) => stickyRoute(among, client)?.place.address ?? 'none');

it('spreads clients over all, about evenly', () => {
  const chosen = choose(routes);
  for (const { place } of routes) {
    const share = chosen.filter((address) => address === place.address).length;
    expect(share).toBeGreaterThan(60);
    expect(share).toBeLessThan(140);
  }
});

it('moves only the clients of a target that goes', () => {
  const [before, after] = [choose(routes), choose(routes.slice(0, 3))];
  const moved = clients.filter((_, index) => before[index] !== after[index]);
  expect(moved.length).toBe(before.filter((address) => address === '10.0.0.4').length);
});

it('has none where there are none', () => {
  expect(stickyRoute([], '10.0.0.1')).toBeUndefined();
});
