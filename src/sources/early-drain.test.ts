import { describe, expect, it } from 'vitest';
import type { DnsAnswer, DnsQuestion } from './dns/question.ts';
import { addresses, answered, unanswered } from './dns/testing/answers.ts';
import { answerInFull, divideByService } from './early-drain.ts';
import type { NodeInterface } from './load-balancer-interfaces.ts';

const node = (address: string, publicAddress?: string): NodeInterface => ({
  subnetId: 'subnet-1',
  inUse: true,
  addresses: [address],
  publicAddresses: publicAddress === undefined ? [] : [publicAddress],
});

describe('answerInFull', () => {
  /** What is known to be in service of these interfaces, and whom it asked for it. */
  async function known(
    answer: (question: DnsQuestion) => DnsAnswer,
    interfaces: readonly NodeInterface[] = addresses(9).map((address) => node(address)),
  ) {
    const asked: DnsQuestion[] = [];
    const found = await answerInFull({
      dnsName: 'web.elb.test',
      interfaces,
      servers: ['10.9.9.9'],
      resolve: async (question) => {
        asked.push(question);
        return answer(question);
      },
      now: () => 0,
    });
    return { found: found && [...found].sort(), asked };
  }

  it('believes fewer than eight addresses', async () => {
    const { found, asked } = await known(() => answered(addresses(7)));
    expect(found).toEqual(addresses(7));
    expect(asked).toEqual([{ name: 'web.elb.test', type: 'A' }]);
  });

  it('knows nothing where DNS does not answer, or fails', async () => {
    expect((await known(() => unanswered('no-answer'))).found).toBeUndefined();
    const broken = () => {
      throw new Error('no memory');
    };
    expect((await known(broken)).found).toBeUndefined();
  });

  it('asks no further where no interface can be absent from the sample (FM3)', async () => {
    const { found, asked } = await known(
      () => answered(addresses(8)),
      addresses(8).map((address) => node(address)),
    );
    expect({ found, asked: asked.length }).toEqual({ found: undefined, asked: 1 });
  });

  /** All nine of the addresses in service, one after the other left out. */
  const turns = (all: readonly string[]) => {
    let turn = 0;
    return () => {
      turn += 1;
      return answered(all.filter((_, index) => index !== turn % all.length));
    };
  };

  it('asks the given servers until it has seen all of the interfaces (FM33)', async () => {
    const { found, asked } = await known(turns(addresses(9)));
    expect(found).toEqual(addresses(9));
    expect(asked.slice(1).every(({ servers }) => servers?.join() === '10.9.9.9')).toBe(true);
    // Two answers are enough to have seen all nine; they are asked for eight at a time.
    expect(asked).toHaveLength(9);
  });

  it('looks for public addresses where there are any, and for no IPv6 address', async () => {
    const facing = addresses(9).map((address, index) => ({
      ...node(address, `203.0.113.${index}`),
      addresses: [address, `fd00::${index}`],
    }));
    const open = facing.map(({ publicAddresses }) => publicAddresses.join());
    expect((await known(turns(open), facing)).asked).toHaveLength(9);
    const inside = facing.map((each) => ({ ...each, publicAddresses: [] }));
    expect((await known(turns(addresses(9)), inside)).asked).toHaveLength(9);
  });
});

describe('divideByService', () => {
  it('goes by public addresses where the load balancer faces the internet', () => {
    const [first, second] = [node('10.0.0.1', '203.0.113.1'), node('10.0.0.2', '203.0.113.2')];
    expect(divideByService([first, second], new Set(['203.0.113.2']))).toEqual({
      inService: [second],
      outOfService: [first],
    });
  });

  it('counts all of an interface in service when one of its addresses is', () => {
    const dual = { ...node('10.0.0.1'), addresses: ['10.0.0.1', 'fd00::1'] };
    expect(divideByService([dual], new Set(['10.0.0.1'])).inService).toEqual([dual]);
  });

  it.each([
    { name: 'no answer', answer: undefined },
    { name: 'an answer about others', answer: new Set(['10.0.0.9']) },
  ])('says nothing on $name', ({ answer }) => {
    const interfaces = [node('10.0.0.1'), node('10.0.0.2')];
    expect(divideByService(interfaces, answer)).toEqual({ inService: interfaces, outOfService: [] });
  });
});
