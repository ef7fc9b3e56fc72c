import fc from 'fast-check';
import { addresses } from '../../src/app/custom-resource/addresses.ts';
import { responseLimit } from '../../src/app/custom-resource/response.ts';
import type { Wait } from '../../src/app/custom-resource/wait.ts';
import { expectNoWrite, settled } from '../expect.ts';
import { mutated } from '../generate/mutated.ts';
import type { Kind } from '../kind.ts';

const endpoint = 'http://127.0.0.1:4566';
const responseUrl = `${endpoint}/answer?X-Amz-Signature=secret`;

const request = (type: string, other: object = {}): object => ({
  RequestType: type,
  RequestId: 'a3a1d0f4-0000-4000-8000-000000000000',
  StackId: 'arn:aws:cloudformation:us-east-1:123456789012:stack/bridge/7c1f0a40-0000-4000-8000-000000000000',
  LogicalResourceId: 'NlbAddresses',
  ResponseURL: responseUrl,
  ResourceType: 'Custom::PrivateIps',
  ResourceProperties: { ServiceToken: 'arn:aws:lambda:…', nlbDescription: 'edge', listenerPort: '80' },
  ...other,
});

const templates = [
  request('Create'),
  request('Update', {
    PhysicalResourceId: 'addresses:edge',
    OldResourceProperties: { nlbDescription: 'edge', listenerPort: '81' },
  }),
  request('Delete', { PhysicalResourceId: 'addresses:edge' }),
];

/**
 * A request of CloudFormation. As long as it says where the answer belongs, exactly one goes there, and it is one that
 * CloudFormation takes; else the invocation fails with an error of ours.
 */
export const customResource: Kind = {
  name: 'custom-resource',
  share: 0.15,
  property: (world, tell) =>
    fc.asyncProperty(fc.oneof(...templates.map((template) => mutated(template))), async (given) => {
      world.forget();
      const puts: string[] = [];
      const ended = await withFetch(puts, () =>
        settled(
          () =>
            addresses(
              given,
              { getRemainingTimeInMillis: () => 300_000 },
              {
                clientsOf: () => world.clients,
                endpoint,
                wait: patientWait(),
                write: (line) => void JSON.parse(line),
              },
            ),
          ['invalid-config', 'write-failed'],
        ),
      );
      tell('code' in ended ? ended.code : JSON.parse(puts[0] ?? '{}').Status);
      const isAnswerable = (given as { ResponseURL?: unknown } | null)?.ResponseURL === responseUrl;
      if (isAnswerable && puts.length !== 1) throw new Error(`${puts.length} answers were sent`);
      for (const body of puts) expectAnswer(body);
      expectNoWrite(world);
    }),
};

/** As CloudFormation reads it. */
function expectAnswer(body: string): void {
  if (Buffer.byteLength(body) > responseLimit)
    throw new Error(`the answer has ${Buffer.byteLength(body)} bytes`);
  const { Status, Reason, PhysicalResourceId } = JSON.parse(body);
  if (Status !== 'SUCCESS' && Status !== 'FAILED') throw new Error(`the status is ${Status}`);
  if (Status === 'FAILED' && !Reason) throw new Error('a failure has no reason');
  if (typeof PhysicalResourceId !== 'string' || PhysicalResourceId === '' || PhysicalResourceId.length > 1024)
    throw new Error(`the physical id is ${JSON.stringify(PhysicalResourceId)}`);
}

/** Pauses pass at once; patience ends after a hundred of them. */
function patientWait(): Wait {
  let pauses = 0;
  let expire = (): void => {};
  return (milliseconds, signal) => {
    if (milliseconds > 60_000)
      return new Promise((resolve, reject) => {
        expire = resolve;
        signal?.addEventListener('abort', () => reject(signal.reason));
      });
    if (++pauses >= 100) expire();
    return new Promise((resolve) => setImmediate(resolve));
  };
}

/** Takes what is put anywhere in the meantime. */
async function withFetch<Value>(puts: string[], work: () => Promise<Value>): Promise<Value> {
  const { fetch } = globalThis;
  globalThis.fetch = async (_url, init) => {
    puts.push(String(init?.body));
    return new Response('');
  };
  try {
    return await work();
  } finally {
    globalThis.fetch = fetch;
  }
}
