import { beforeEach, describe, expect, it } from 'vitest';
import { execute } from '../../core/execute.ts';
import { type StackDriver, stackDriver, thingsTemplate } from '../testing/stack-driver.ts';
import { type Things, things } from '../testing/things.ts';

let world: Things;
let driver: StackDriver;

beforeEach(async () => {
  world = things();
  driver = stackDriver(world.providers);
  await driver.create(
    thingsTemplate({
      Kept: {},
      Changed: { Properties: { Size: 1 } },
      Replaced: { Properties: { Kind: 'a' } },
      Following: { Properties: { Of: { Ref: 'Replaced' } } },
      Removed: {},
    }),
  );
  world.done.length = 0;
});

const made = ['Changed-2', 'Following-5', 'Kept-1', 'Removed-4', 'Replaced-3'];

function updated() {
  return {
    Kept: {},
    Changed: { Properties: { Size: 2 } },
    Replaced: { Properties: { Kind: 'b' } },
    Following: { Properties: { Of: { Ref: 'Replaced' } } },
    Added: { DependsOn: 'Following' },
  };
}

describe('updating a stack', () => {
  it('changes in place, replaces, adds and follows, and then cleans up', async () => {
    expect([...world.existing].sort()).toEqual(made);
    await driver.update(thingsTemplate(updated()));
    expect(world.done.slice(0, 2).sort()).toEqual(['create Replaced-6', 'update Changed-2']);
    expect(world.done.slice(2, 4)).toEqual(['update Following-5', 'create Added-7']);
    expect(world.done.slice(4).sort()).toEqual(['delete Removed-4', 'delete Replaced-3']);
    expect(driver.stack().status).toBe('UPDATE_COMPLETE');
    expect(driver.stack().resources.get('Following')?.properties).toEqual({ Of: 'Replaced-6' });
    expect([...driver.stack().resources.keys()].sort()).toEqual([
      'Added',
      'Changed',
      'Following',
      'Kept',
      'Replaced',
    ]);
    expect(driver.events()).toContain(
      'Replaced UPDATE_IN_PROGRESS: Requested update requires the creation of a new physical resource; hence creating one.',
    );
    expect(driver.events().filter((event) => event.startsWith('app UPDATE'))).toEqual([
      'app UPDATE_IN_PROGRESS: User Initiated',
      'app UPDATE_COMPLETE_CLEANUP_IN_PROGRESS',
      'app UPDATE_COMPLETE',
    ]);
  });

  it('goes back to what was, when one fails', async () => {
    const before = structuredClone(
      [...driver.stack().resources.values()].map(({ physicalId, properties }) => [physicalId, properties]),
    );
    await driver.update(
      thingsTemplate({ ...updated(), Added: { DependsOn: 'Following', Properties: { Fails: 'create' } } }),
    );
    const after = [...driver.stack().resources.values()].map(({ physicalId, properties }) => [
      physicalId,
      properties,
    ]);
    expect(after).toEqual(before);
    expect([...world.existing].sort()).toEqual(made);
    expect(driver.events().filter((event) => event.startsWith('app UPDATE'))).toEqual([
      'app UPDATE_IN_PROGRESS: User Initiated',
      'app UPDATE_ROLLBACK_IN_PROGRESS: The following resource(s) failed to create: [Added]. ',
      'app UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS',
      'app UPDATE_ROLLBACK_COMPLETE',
    ]);
    await driver.update(thingsTemplate(updated()));
    expect(driver.stack().status).toBe('UPDATE_COMPLETE');
  });

  it('goes back where a change in place or a replacement fails', async () => {
    await driver.update(
      thingsTemplate({ ...updated(), Replaced: { Properties: { Kind: 'b', Fails: 'create' } } }),
    );
    expect(driver.stack().status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect([...world.existing].sort()).toEqual(made);

    await driver.update(
      thingsTemplate({ ...updated(), Changed: { Properties: { Size: 2, Fails: 'update' } } }),
    );
    expect(driver.stack().status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(driver.stack().resources.get('Changed')?.properties).toEqual({ Size: 1 });
    expect([...world.existing].sort()).toEqual(made);
  });

  it('goes back when it is cancelled', async () => {
    await driver.update(thingsTemplate({ ...updated(), Added: { Properties: { Seconds: 600 } } }));
    expect(driver.stack().status).toBe('UPDATE_IN_PROGRESS');
    await execute(driver.service, 'CancelUpdateStack', { StackName: 'app' }, driver.call);
    await driver.clock.advance(0);
    expect(driver.stack().status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect([...world.existing].sort()).toEqual(made);
  });

  it('says where it cannot go back', async () => {
    const broken = { Properties: { Size: 1, Fails: 'update' } };
    const rest = { Kept: {}, Replaced: { Properties: { Kind: 'a' } } };
    await driver.remove();
    await driver.create(thingsTemplate({ ...rest, Changed: broken }));
    await driver.update(thingsTemplate({ ...rest, Changed: { Properties: { Size: 2, Fails: 'update' } } }));
    expect(driver.stack()).toMatchObject({
      status: 'UPDATE_ROLLBACK_FAILED',
      reason: 'The following resource(s) failed to update: [Changed]. ',
    });
  });

  it('keeps what is to be retained, of what is removed and of what is replaced', async () => {
    const template = thingsTemplate({
      Removed: { DeletionPolicy: 'Retain' },
      Replaced: { UpdateReplacePolicy: 'Retain', Properties: { Kind: 'a' } },
    });
    await driver.remove();
    await driver.create(template);
    const [removed = '', replaced = ''] = world.existing;
    await driver.update(
      thingsTemplate({ Replaced: { UpdateReplacePolicy: 'Retain', Properties: { Kind: 'b' } } }),
    );
    expect(driver.stack().status).toBe('UPDATE_COMPLETE');
    expect([...world.existing]).toEqual(expect.arrayContaining([removed, replaced]));
    expect(world.existing.size).toBe(3);
  });
});

describe('replacing what keeps its name', () => {
  const named = (Kind: string, more = {}) =>
    thingsTemplate({ Stage: { Properties: { Name: 'prod', Kind } }, ...more });

  beforeEach(async () => {
    await driver.update(named('a'));
    world.done.length = 0;
  });

  it('deletes the one before, by what that one was', async () => {
    await driver.update(named('b'));
    expect(driver.stack().status).toBe('UPDATE_COMPLETE');
    expect(world.done).toEqual(['create prod', 'delete prod a']);
    expect(driver.stack().resources.get('Stage')?.properties).toEqual({ Name: 'prod', Kind: 'b' });
  });

  it('deletes the new one where another resource fails', async () => {
    await driver.update(named('b', { Late: { DependsOn: 'Stage', Properties: { Fails: 'create' } } }));
    expect(driver.stack().status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(world.done).toContain('delete prod b');
    expect(world.done).not.toContain('delete prod a');
    expect(driver.stack().resources.get('Stage')?.properties).toEqual({ Name: 'prod', Kind: 'a' });
  });
});
