import {
  CreateManagedPrefixListCommand,
  type DescribeManagedPrefixListsCommandOutput,
  GetManagedPrefixListEntriesCommand,
  ModifyManagedPrefixListCommand,
  type ModifyManagedPrefixListCommandInput,
} from '@aws-sdk/client-ec2';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { amend, refuse } from '../aws/testing/intercept.ts';
import { type LocalAws, startLocalAws } from '../aws/testing/local-aws.ts';
import type { Outcome } from '../engine/outcome.ts';
import { policyDefaults } from '../engine/policy.ts';
import { reconcile } from '../engine/reconcile.ts';
import type { Sink } from '../engine/sink.ts';
import { staticSource } from '../sources/static.ts';
import { prefixListSink } from './prefix-list.ts';

let aws: LocalAws;
let id: string;
let sink: Sink;
let waits: number;

beforeEach(async () => {
  aws = await startLocalAws();
  id = await create();
  sink = sinkOf(id);
  waits = 0;
});

afterEach(() => aws.close());

function sinkOf(prefixListId: string): Sink {
  return prefixListSink({
    clients: aws.clients,
    prefixListId,
    owner: 'edge',
    async wait(milliseconds) {
      waits += 1;
      await aws.clock.advance(milliseconds);
    },
  });
}

async function create(MaxEntries = 300, AddressFamily = 'IPv4'): Promise<string> {
  const input = { PrefixListName: 'allowed', MaxEntries, AddressFamily };
  const { PrefixList } = await aws.clients.ec2.send(new CreateManagedPrefixListCommand(input));
  await aws.clock.advance(5_000);
  return PrefixList?.PrefixListId ?? '';
}

/** Somebody else's change, over before the next call. */
async function byOthers(change: Partial<ModifyManagedPrefixListCommandInput>): Promise<void> {
  const CurrentVersion = aws.world.network.prefixLists.get(id)?.version;
  await aws.clients.ec2.send(
    new ModifyManagedPrefixListCommand({ PrefixListId: id, CurrentVersion, ...change }),
  );
  await aws.clock.advance(5_000);
}

/** `10.0.0.1/32 description`, when all changes are done. */
async function entries(of = id): Promise<string[]> {
  await aws.clock.advance(5_000);
  const { Entries = [] } = await aws.clients.ec2.send(
    new GetManagedPrefixListEntriesCommand({ PrefixListId: of }),
  );
  return Entries.map(({ Cidr, Description }) => `${Cidr} ${Description}`);
}

const range = (third: number, count: number) =>
  Array.from({ length: count }, (_, index) => `10.0.${third}.${index}`);

const pass = (desired: string[], over = sink): Promise<Outcome> =>
  reconcile({
    name: 'edge',
    source: staticSource(desired),
    sink: over,
    policy: { mode: 'sync', ...policyDefaults },
  });

const changes = () =>
  aws.calls
    .filter(({ operation }) => operation === 'ModifyManagedPrefixList')
    .map(({ input }) => input as ModifyManagedPrefixListCommandInput);

describe('a prefix-list sink', () => {
  it('marks its entries, and reads them as its own (FM13)', async () => {
    await sink.read();
    expect(await sink.add(['10.0.0.1', '10.0.0.2'])).toEqual({
      addresses: ['10.0.0.1', '10.0.0.2'],
      errors: [],
    });
    expect(await entries()).toEqual(['10.0.0.1/32 albridge: edge', '10.0.0.2/32 albridge: edge']);
    expect(await sink.read()).toEqual({
      entries: [
        { address: '10.0.0.1', state: 'healthy', id: '10.0.0.1/32' },
        { address: '10.0.0.2', state: 'healthy', id: '10.0.0.2/32' },
      ],
      networks: ['0.0.0.0/0'],
      healthChecked: false,
    });
  });

  it("leaves others' entries alone, and counts those of its addresses as there (FM13)", async () => {
    await byOthers({
      AddEntries: [
        { Cidr: '10.0.0.1/32', Description: 'by hand' },
        { Cidr: '10.0.0.9/32', Description: 'albridge: other' },
        { Cidr: '10.0.0.0/24', Description: 'albridge: edge' },
      ],
    });
    expect(await pass(['10.0.0.1', '10.0.0.2'])).toMatchObject({ added: ['10.0.0.2'], removed: [] });
    await aws.clock.advance(5_000);
    expect(await pass(['10.0.0.3'])).toMatchObject({ removed: [{ address: '10.0.0.2' }], errors: [] });
    expect(await entries()).toEqual([
      '10.0.0.0/24 albridge: edge',
      '10.0.0.1/32 by hand',
      '10.0.0.3/32 albridge: edge',
      '10.0.0.9/32 albridge: other',
    ]);
  });

  it('reads every page of entries (FM5)', async () => {
    await pass(range(1, 250));
    await aws.clock.advance(5_000);
    expect((await sink.read()).entries).toHaveLength(250);
  });

  it('adds and removes in chunks of 100, each on the version that the one before made', async () => {
    await pass(range(1, 250));
    expect(changes().map(({ AddEntries }) => AddEntries?.length)).toEqual([100, 100, 50]);
    expect(changes().map(({ CurrentVersion }) => CurrentVersion)).toEqual([1, 2, 3]);
    await aws.clock.advance(5_000);
    aws.calls.length = 0;
    expect(await pass(['10.0.2.1'])).toMatchObject({
      added: ['10.0.2.1'],
      registered: ['10.0.2.1'],
      errors: [],
    });
    expect(changes().map(({ RemoveEntries }) => RemoveEntries?.length)).toEqual([undefined, 100, 100, 50]);
    expect(await entries()).toEqual(['10.0.2.1/32 albridge: edge']);
  });

  it('writes nothing, and waits for nothing, where all is there (FM21)', async () => {
    await pass(['10.0.0.1']);
    await aws.clock.advance(5_000);
    aws.calls.length = 0;
    expect(await pass(['10.0.0.1'])).toMatchObject({ added: [], removed: [] });
    expect(aws.calls.map(({ operation }) => operation)).toEqual([
      'DescribeManagedPrefixLists',
      'GetManagedPrefixListEntries',
    ]);
    expect(waits).toBe(0);
  });

  it('reads again where somebody else was faster, and adds only what is then missing', async () => {
    await sink.read();
    await byOthers({ AddEntries: [{ Cidr: '10.0.0.1/32', Description: 'by hand' }] });
    aws.calls.length = 0;
    expect((await sink.add(['10.0.0.1', '10.0.0.2'])).errors).toEqual([]);
    expect(changes().map(({ CurrentVersion }) => CurrentVersion)).toEqual([1, 2]);
    expect(await entries()).toEqual(['10.0.0.1/32 by hand', '10.0.0.2/32 albridge: edge']);
  });

  it('does not remove what has become somebody else’s since (FM13)', async () => {
    await pass(['10.0.0.1']);
    await aws.clock.advance(5_000);
    const { entries: own } = await sink.read();
    await byOthers({ RemoveEntries: [{ Cidr: '10.0.0.1/32' }] });
    await byOthers({ AddEntries: [{ Cidr: '10.0.0.1/32', Description: 'by hand' }] });
    aws.calls.length = 0;
    expect((await sink.remove(own)).errors).toEqual([]);
    expect(changes()).toHaveLength(1);
    expect(await entries()).toEqual(['10.0.0.1/32 by hand']);
    aws.calls.length = 0;
    await sink.remove(own);
    expect(changes()).toEqual([]);
  });

  it('waits while the list is being changed', async () => {
    await aws.clients.ec2.send(
      new ModifyManagedPrefixListCommand({
        PrefixListId: id,
        CurrentVersion: 1,
        AddEntries: [{ Cidr: '10.9.9.9/32' }],
      }),
    );
    expect(await pass(['10.0.0.1'])).toMatchObject({ added: ['10.0.0.1'], errors: [] });
    expect(waits).toBeGreaterThan(0);
    expect(await entries()).toEqual(['10.0.0.1/32 albridge: edge', '10.9.9.9/32 undefined']);
  });

  it('waits where a change began after it had looked', async () => {
    await sink.read();
    await aws.clients.ec2.send(
      new ModifyManagedPrefixListCommand({ PrefixListId: id, PrefixListName: 'renamed' }),
    );
    expect((await sink.add(['10.0.0.1'])).errors).toEqual([]);
    expect(await entries()).toEqual(['10.0.0.1/32 albridge: edge']);
  });

  it('gives up, and says so, where the list stays busy', async () => {
    const list = aws.world.network.prefixLists.get(id);
    if (list) list.state = 'modify-in-progress';
    const outcome = await pass(range(1, 150));
    expect(outcome).toMatchObject({ added: [] });
    expect(outcome.errors).toMatchObject([
      {
        code: 'write-failed',
        message: expect.stringContaining(`prefix list '${id}' was being changed for 30 s`),
      },
    ]);
    expect(waits).toBe(30);
  });

  it('gives up where others change the list again and again', async () => {
    await sink.read();
    aws.clients.ec2.middlewareStack.add(
      (next, context) => async (call) => {
        const list = aws.world.network.prefixLists.get(id);
        if (context.commandName === 'ModifyManagedPrefixListCommand' && list) {
          list.entries.set(list.version + 1, []);
          list.version += 1;
        }
        return next(call);
      },
      { step: 'initialize', name: 'others' },
    );
    expect((await sink.add(['10.0.0.1'])).errors).toMatchObject([
      { code: 'write-failed', message: expect.stringContaining('PrefixListVersionMismatch') },
    ]);
    expect(changes()).toHaveLength(5);
  });

  it('adds no more than fit, without asking AWS for more, and says what to do (FM22)', async () => {
    sink = sinkOf(await create(2));
    const outcome = await pass(['10.0.0.1', '10.0.0.2', '10.0.0.3', '10.0.0.4']);
    expect(outcome).toMatchObject({ added: ['10.0.0.1', '10.0.0.2'] });
    expect(outcome.errors).toMatchObject([
      {
        code: 'write-failed',
        message: expect.stringMatching(
          /has no room for 10\.0\.0\.3, 10\.0\.0\.4: it may have 2 entries; raise its maximum/,
        ),
      },
    ]);
    expect(changes()).toHaveLength(1);
  });

  it('removes first where the list is full, and only as many as it needs (FM22)', async () => {
    const small = await create(3);
    await pass(['10.0.0.1', '10.0.0.2', '10.0.0.3'], sinkOf(small));
    await aws.clock.advance(5_000);
    aws.calls.length = 0;
    const outcome = await pass(['10.0.0.7', '10.0.0.8'], sinkOf(small));
    expect(outcome).toMatchObject({ registered: ['10.0.0.7', '10.0.0.8'], errors: [] });
    expect(
      changes().map(({ AddEntries, RemoveEntries }) => [AddEntries?.length, RemoveEntries?.length]),
    ).toEqual([
      [undefined, 2],
      [2, undefined],
      [undefined, 1],
    ]);
    expect(await entries(small)).toEqual(['10.0.0.7/32 albridge: edge', '10.0.0.8/32 albridge: edge']);
  });

  it('holds addresses of its family only (FM27)', async () => {
    const six = sinkOf(await create(5, 'IPv6'));
    expect(await pass(['10.0.0.1', 'fd00::1'], six)).toMatchObject({ added: ['fd00::1'], withheld: [] });
    await aws.clock.advance(5_000);
    expect((await six.read()).entries).toMatchObject([{ address: 'fd00::1', id: 'fd00::1/128' }]);
    expect(await pass(['fd00::1'])).toMatchObject({
      added: [],
      withheld: [{ address: 'fd00::1', reason: 'wrong-family' }],
    });
  });

  it('is no list that is not there, or is going (FM29)', async () => {
    await expect(sinkOf('pl-0123456789abcdef0').read()).rejects.toMatchObject({
      code: 'sink-unreadable',
      message: expect.stringContaining('InvalidPrefixListID.NotFound'),
    });
    const list = aws.world.network.prefixLists.get(id);
    if (list) list.state = 'delete-in-progress';
    await expect(sink.read()).rejects.toMatchObject({
      code: 'sink-mismatch',
      message: expect.stringContaining(`prefix list '${id}' is in the state 'delete-in-progress'`),
    });
  });

  it("is none of AWS's own (FM29)", async () => {
    amend<DescribeManagedPrefixListsCommandOutput>(aws, 'DescribeManagedPrefixLists', (answer) => ({
      ...answer,
      PrefixLists: answer.PrefixLists?.map((list) => ({ ...list, OwnerId: 'AWS' })),
    }));
    await expect(sink.read()).rejects.toMatchObject({
      code: 'sink-mismatch',
      message: expect.stringContaining(`prefix list '${id}' is managed by AWS`),
    });
  });

  it('takes an entry without a description for somebody else’s (FM13)', async () => {
    await byOthers({ AddEntries: [{ Cidr: '10.0.0.1/32' }] });
    expect((await sink.read()).entries).toMatchObject([{ address: '10.0.0.1', foreign: true }]);
  });

  it.each(['DescribeManagedPrefixLists', 'GetManagedPrefixListEntries'])(
    'cannot be read without %s, and says so',
    async (operation) => {
      refuse(aws, operation);
      await expect(sink.read()).rejects.toMatchObject({
        code: 'sink-unreadable',
        message: expect.stringContaining(`ec2:${operation} of '${id}' failed: UnauthorizedOperation`),
        cause: { name: 'UnauthorizedOperation' },
      });
    },
  );

  it.each([
    { refusal: 'ConcurrentMutationLimitExceeded', name: 'waits a while before it tries again', want: 2 },
    { refusal: 'PrefixListVersionMismatch', name: 'tries again at once', want: 0 },
  ])('$name on $refusal', async ({ refusal, want }) => {
    refuse(aws, 'ModifyManagedPrefixList', refusal, 2);
    await sink.read();
    expect(await sink.add(['10.0.0.1'])).toEqual({ addresses: ['10.0.0.1'], errors: [] });
    expect(waits).toBe(want);
  });

  it('does not try again what AWS refuses for good', async () => {
    refuse(aws, 'ModifyManagedPrefixList');
    expect((await sink.add(['10.0.0.1', '10.0.0.2'])).errors).toMatchObject([
      { message: expect.stringContaining('ec2:ModifyManagedPrefixList of 10.0.0.1, 10.0.0.2 failed') },
    ]);
    expect(changes()).toHaveLength(1);
  });
});
