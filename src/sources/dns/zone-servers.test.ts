import { describe, expect, it } from 'vitest';
import type { DnsAnswer, DnsFailure } from './question.ts';
import { answered, unanswered } from './testing/answers.ts';
import { zoneServers } from './zone-servers.ts';

/** DNS of these names, and of nothing else, with what it was asked: `NS elb.test`. */
async function ask(
  name: string,
  names: Readonly<Record<string, DnsAnswer>>,
  otherwise: DnsFailure = 'no-records',
) {
  const asked: string[] = [];
  const servers = await zoneServers(async (question) => {
    asked.push(`${question.type} ${question.name}`);
    return names[`${question.type} ${question.name}`] ?? unanswered(otherwise);
  }, name);
  return { asked, servers };
}

const zone = { 'NS elb.test': answered(['ns-1.test', 'ns-2.test']), 'A ns-1.test': answered(['10.9.0.1']) };

describe('zoneServers', () => {
  it.each(['web.elb.test', 'web.elb.test.'])('begins above the name: %s', async (name) => {
    const { asked, servers } = await ask(name, { ...zone, 'A ns-2.test': answered(['10.9.0.2']) });
    expect(asked).toEqual(['NS elb.test', 'A ns-1.test', 'A ns-2.test']);
    expect(servers).toEqual(['10.9.0.1', '10.9.0.2']);
  });

  it('goes three levels up, and no further', async () => {
    const { asked, servers } = await ask('a.b.c.d.elb.test', zone);
    expect(asked).toEqual(['NS b.c.d.elb.test', 'NS c.d.elb.test', 'NS d.elb.test']);
    expect(servers).toBeUndefined();
    expect((await ask('b.c.elb.test', zone)).servers).toEqual(['10.9.0.1']);
  });

  it('asks nothing about a top-level domain', async () => {
    expect((await ask('a.elb.test', {})).asked).toEqual(['NS elb.test']);
    expect((await ask('elb.test', {})).asked).toEqual([]);
  });

  it('goes no further up where DNS does not tell', async () => {
    expect(await ask('a.b.elb.test', zone, 'no-answer')).toEqual({
      asked: ['NS b.elb.test'],
      servers: undefined,
    });
  });

  it('takes one address of each of four servers, once, and does without those it cannot find', async () => {
    const hosts = [1, 2, 3, 4, 5].map((host) => `ns-${host}.test`);
    const { asked, servers } = await ask('web.elb.test', {
      'NS elb.test': answered(hosts),
      'A ns-1.test': answered(['10.9.0.1', '10.9.0.11']),
      'A ns-2.test': answered(['10.9.0.1']),
      'A ns-4.test': answered(['10.9.0.4']),
    });
    expect(asked).toEqual(['NS elb.test', ...hosts.slice(0, 4).map((host) => `A ${host}`)]);
    expect(servers).toEqual(['10.9.0.1', '10.9.0.4']);
  });

  it('knows none where it finds the address of none', async () => {
    expect((await ask('web.elb.test', { 'NS elb.test': answered(['ns-1.test']) })).servers).toBeUndefined();
  });
});
