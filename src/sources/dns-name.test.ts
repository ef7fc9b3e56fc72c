import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type LocalAws, startLocalAws } from '../aws/testing/local-aws.ts';
import { complete, sample } from '../engine/observation.ts';
import type { Source } from '../engine/source.ts';
import { keptAnswers } from './dns/kept-answers.ts';
import { addresses } from './dns/testing/answers.ts';
import { type DnsSourceOptions, dnsSource } from './dns-name.ts';

const name = 'orders.cluster-1.eu-west-1.rds.amazonaws.com';
let aws: LocalAws;

beforeEach(async () => {
  aws = await startLocalAws();
});

afterEach(() => aws.close());

function source(other: Partial<DnsSourceOptions> = {}): Source {
  return dnsSource({ name, family: 'ipv4', resolve: aws.resolve, ...other });
}

describe('a dns source', () => {
  it('names what its name stands for, by way of aliases', async () => {
    aws.world.names.set(name, { addresses: [], alias: 'writer.test', ttl: 5 });
    aws.world.names.set('writer.test', { addresses: ['10.0.0.12', '10.0.0.9'], ttl: 5 });
    expect(await source().read()).toEqual(complete(['10.0.0.9', '10.0.0.12']));
  });

  it('names the addresses of its family (FM5)', async () => {
    aws.world.names.set(name, { addresses: ['10.0.0.9', 'fd00::9'], ttl: 5 });
    expect(await source().read()).toEqual(complete(['10.0.0.9']));
    expect(await source({ family: 'ipv6' }).read()).toEqual(complete(['fd00::9']));
    expect(await source({ family: 'both' }).read()).toEqual(complete(['10.0.0.9', 'fd00::9']));
  });

  it('does not know both where the name has but one (FM1)', async () => {
    aws.world.names.set(name, { addresses: ['10.0.0.9'], ttl: 5 });
    expect(await source({ family: 'both' }).read()).toMatchObject({
      kind: 'unknown',
      cause: { message: expect.stringContaining(`dns did not answer for AAAA of '${name}'`) },
    });
  });

  it('takes eight addresses for a sample, and gathers more (FM3)', async () => {
    aws.world.names.set(name, { addresses: addresses(10), ttl: 5, atMost: 8 });
    expect(await source().read()).toEqual(sample(addresses(10)));
  });

  it('asks over TCP for more than a datagram holds (FM5)', async () => {
    aws.world.names.set(name, { addresses: addresses(60), ttl: 5 });
    expect(await source().read()).toEqual(sample(addresses(60)));
  });

  it('is complete only with all its parts (FM3)', async () => {
    aws.world.names.set(name, { addresses: [...addresses(9), 'fd00::9'], ttl: 5, atMost: 8 });
    expect(await source({ family: 'both' }).read()).toEqual(sample([...addresses(9), 'fd00::9']));
  });

  it.each([
    { name: 'there is no such name', set: () => {}, want: 'NXDOMAIN' },
    {
      name: 'the name has no address',
      set: () => aws.world.names.set(name, { addresses: [], ttl: 5 }),
      want: 'no A record',
    },
    {
      name: 'the server fails',
      set: () => aws.world.names.set(name, { addresses: [], ttl: 5, failure: 'SERVFAIL' }),
      want: 'SERVFAIL',
    },
    {
      name: 'the server refuses',
      set: () => aws.world.names.set(name, { addresses: [], ttl: 5, failure: 'REFUSED' }),
      want: 'REFUSED',
    },
    {
      name: 'nobody answers',
      set: () => aws.world.names.set(name, { addresses: [], ttl: 5, failure: 'silence' }),
      want: 'no answer in time',
    },
  ])('does not know where $name, and says so (FM1)', async ({ set, want }) => {
    set();
    expect(await source().read()).toMatchObject({
      kind: 'unknown',
      cause: { code: 'source-unknown', message: expect.stringContaining(want) },
    });
  });

  it('follows a failover as soon as dns does (FM16)', async () => {
    aws.world.names.set(name, { addresses: ['10.0.0.9'], ttl: 5 });
    const following = source();
    expect(await following.read()).toEqual(complete(['10.0.0.9']));
    aws.world.names.set(name, { addresses: ['10.0.1.9'], ttl: 5 });
    expect(await following.read()).toEqual(complete(['10.0.1.9']));
  });

  it('asks the servers that it is given', async () => {
    const asked: unknown[] = [];
    const servers = ['10.0.0.2:5353'];
    await source({
      servers,
      resolve: (question) => {
        asked.push(question.servers);
        return aws.resolve(question);
      },
    }).read();
    expect(asked).toEqual([servers]);
  });
});

describe('a dns source with kept answers', () => {
  it('asks anew when their time is up', async () => {
    const kept = keptAnswers(() => aws.clock.now());
    aws.world.names.set(name, { addresses: ['10.0.0.9'], ttl: 5 });
    expect(await source({ kept }).read()).toEqual(complete(['10.0.0.9']));
    aws.world.names.set(name, { addresses: ['10.0.1.9'], ttl: 5 });
    await aws.clock.advance(4_000);
    expect(await source({ kept }).read()).toEqual(complete(['10.0.0.9']));
    await aws.clock.advance(1_000);
    expect(await source({ kept }).read()).toEqual(complete(['10.0.1.9']));
  });

  it('confirms past them, and keeps what it learns (FM2)', async () => {
    const kept = keptAnswers(() => aws.clock.now());
    aws.world.names.set(name, { addresses: ['10.0.0.9'], ttl: 60 });
    await source({ kept }).read();
    aws.world.names.set(name, { addresses: ['10.0.0.9', '10.0.1.9'], ttl: 60 });
    const fates = await source({ kept }).confirm(['10.0.1.9'], complete(['10.0.0.9']));
    expect(fates).toEqual(new Map([['10.0.1.9', 'in-service']]));
    expect(await source({ kept }).read()).toEqual(complete(['10.0.0.9', '10.0.1.9']));
  });
});

describe('confirm', () => {
  it('finds what the first read has missed, and cannot tell of anything else (FM2)', async () => {
    aws.world.names.set(name, { addresses: ['10.0.0.9'], ttl: 5 });
    expect(await source().confirm(['10.0.0.8', '10.0.0.9'], complete([]))).toEqual(
      new Map([
        ['10.0.0.8', 'untold'],
        ['10.0.0.9', 'in-service'],
      ]),
    );
  });

  it('throws where dns does not answer (FM2)', async () => {
    await expect(source().confirm(['10.0.0.8'], complete([]))).rejects.toMatchObject({
      code: 'unconfirmed',
      message: expect.stringMatching(/^confirming what became of 10\.0\.0\.8 failed: .*NXDOMAIN/),
    });
  });
});
