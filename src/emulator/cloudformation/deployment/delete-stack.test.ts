import { beforeEach, describe, expect, it } from 'vitest';
import { type StackDriver, stackDriver, thingsTemplate } from '../testing/stack-driver.ts';
import { type Things, things } from '../testing/things.ts';

let world: Things;
let driver: StackDriver;

beforeEach(() => {
  world = things();
  driver = stackDriver(world.providers);
});

describe('deleting a stack', () => {
  it('deletes what needs a resource before the resource', async () => {
    await driver.create(thingsTemplate({ A: {}, B: { DependsOn: 'A' }, C: { DependsOn: 'B' } }));
    await driver.remove();
    expect(world.done.slice(3)).toEqual(['delete C-3', 'delete B-2', 'delete A-1']);
    expect(driver.stack().status).toBe('DELETE_COMPLETE');
    expect(driver.cell.stacks.find('app')).toBeUndefined();
    expect(driver.cell.stacks.find(driver.stack().id)?.status).toBe('DELETE_COMPLETE');
  });

  it('keeps what is to be retained', async () => {
    await driver.create(thingsTemplate({ A: { DeletionPolicy: 'Retain' }, B: {} }));
    await driver.remove();
    expect([...world.existing]).toEqual(['A-1']);
    expect(driver.events()).toContain('A DELETE_SKIPPED');
    expect(driver.stack().status).toBe('DELETE_COMPLETE');
  });

  it('stops before what a resource that stays still needs, and can be told to leave it behind', async () => {
    await driver.create(
      thingsTemplate({ A: {}, B: { DependsOn: 'A', Properties: { Fails: 'delete' } }, C: {} }),
    );
    await driver.remove();
    expect(driver.stack()).toMatchObject({
      status: 'DELETE_FAILED',
      reason: 'The following resource(s) failed to delete: [B]. ',
    });
    expect([...world.existing].sort()).toEqual(['A-1', 'B-3'].sort());

    await driver.remove({ RetainResources: ['B'] });
    expect(driver.stack().status).toBe('DELETE_COMPLETE');
    expect([...world.existing]).toEqual(['B-3']);
  });

  it('ends a creation under way', async () => {
    await driver.create(thingsTemplate({ A: {}, B: { DependsOn: 'A', Properties: { Seconds: 600 } } }));
    await driver.remove();
    expect(driver.events().slice(-6)).toEqual([
      'B CREATE_IN_PROGRESS',
      'app DELETE_IN_PROGRESS: User Initiated',
      'B CREATE_FAILED: Resource creation cancelled',
      'A DELETE_IN_PROGRESS',
      'A DELETE_COMPLETE',
      'app DELETE_COMPLETE',
    ]);
    expect(world.existing.size).toBe(0);
  });
});
