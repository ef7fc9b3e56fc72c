import type { LocalAws } from './local-aws.ts';

/** What stands between a client and the local AWS: answers in its place, or changes its answer. */
type Between = (answer: () => Promise<{ output: object }>) => Promise<{ output: object }>;

/** AWS refuses an operation with this error: every call of it, unless told how many. */
export function refuse(
  aws: LocalAws,
  operation: string,
  name = 'UnauthorizedOperation',
  times = Infinity,
): void {
  let left = times;
  intercept(aws, operation, (answer) => {
    if (left-- <= 0) return answer();
    return Promise.reject(Object.assign(new Error('says AWS'), { name }));
  });
}

/** AWS answers an operation with something more, or something else, than the local one knows. */
export function amend<Output extends object>(
  aws: LocalAws,
  operation: string,
  amended: (output: Output) => Output,
): void {
  intercept(aws, operation, async (answer) => {
    const result = await answer();
    return { ...result, output: amended(result.output as Output) };
  });
}

function intercept({ clients }: LocalAws, operation: string, between: Between): void {
  for (const client of [clients.ec2, clients.elbv2] as LocalAws['clients']['ec2'][]) {
    client.middlewareStack.add(
      (next, context) => (call) =>
        context.commandName === `${operation}Command`
          ? (between(() => next(call)) as ReturnType<typeof next>)
          : next(call),
      { step: 'initialize', priority: 'low' },
    );
  }
}
