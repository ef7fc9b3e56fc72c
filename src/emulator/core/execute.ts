import { AwsError } from './aws-error.ts';
import type { Call, Service } from './service.ts';

type Handler = (input: never, call: Call) => unknown;
/** What an operation takes. */
export type Input<H> = NonNullable<H> extends (input: infer I, call: Call) => unknown ? I : never;
type Output<H> = NonNullable<H> extends (input: never, call: Call) => infer O ? Awaited<O> : never;

/**
 * Calls an operation as the endpoint does, from within: `execute(ec2, 'DescribeVpcs', {}, call)`.
 *
 * @throws AwsError as the operation does, or `NotImplemented` (501) where there is no such operation here
 */
export async function execute<Handlers extends object, Name extends keyof Handlers & string>(
  service: Service<Handlers>,
  operation: Name,
  input: Input<Handlers[Name]>,
  call: Call,
): Promise<Output<Handlers[Name]>> {
  const handler = service.operations[operation] as Handler | undefined;
  if (!handler) {
    throw new AwsError(
      'NotImplemented',
      `${service.model.signingName}:${operation} is not implemented by this local AWS`,
      501,
    );
  }
  return (await handler(input as never, call)) as Output<Handlers[Name]>;
}
