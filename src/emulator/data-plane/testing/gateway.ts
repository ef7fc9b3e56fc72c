import { type SteppedClock, steppedClock } from '../../clock/stepped-clock.ts';
import { testCell } from '../../cloudformation/testing/test-cell.ts';
import type { Cell } from '../../core/cell.ts';
import { execute } from '../../core/execute.ts';
import { seeded } from '../../core/random.ts';
import type { Call } from '../../core/service.ts';
import { lambda } from '../../services/lambda/index.ts';
import { createFunctionRole, zip } from '../../testing/test-function.ts';
import type { LambdaFunction } from '../../world/functions/lambda-function.ts';
import { type DataPlane, startDataPlane } from '../data-plane.ts';

type Handler = (event: never) => unknown;

/** API Gateway with its sockets, in a world whose functions are written in the test. */
export interface Gateway {
  clock: SteppedClock;
  cell: Cell;
  call: Call;
  dataPlane: DataPlane;
  /** Where requests are sent to. */
  place: { host: string; port: number };
  /** A function that APIs may invoke; its ARN. An error that it throws is one of the function. */
  addFunction(name: string, handler: Handler): Promise<string>;
  close(): Promise<void>;
}

export async function startGateway(): Promise<Gateway> {
  const clock = steppedClock();
  const handlers = new Map<string, Handler>();
  const cell = testCell(clock, {
    async run(_cell, { functionName }, { payload }) {
      try {
        const value = await handlers.get(functionName)?.(JSON.parse(payload) as never);
        return { payload: JSON.stringify(value ?? null), functionError: undefined, durationMs: 1, log: '' };
      } catch (error) {
        const errorMessage = (error as Error).message;
        return {
          payload: JSON.stringify({ errorMessage }),
          functionError: 'Unhandled',
          durationMs: 1,
          log: '',
        };
      }
    },
    retire() {},
  });
  const random = seeded(5);
  const dataPlane = await startDataPlane({ clock, loopback: 'single', apiPort: 0, dnsPort: 0, random });
  dataPlane.attach(cell);
  const call = { cell, caller: '', requestId: '' };
  return {
    clock,
    cell,
    call,
    dataPlane,
    place: { host: '127.0.0.1', port: Number(new URL(dataPlane.apiEndpoint).port) },
    async addFunction(name, handler) {
      handlers.set(name, handler);
      const { FunctionArn = '' } = await execute(
        lambda,
        'CreateFunction',
        {
          FunctionName: name,
          Runtime: 'nodejs24.x',
          Handler: 'index.handler',
          Role: await createFunctionRole(call, `${name}-role`),
          Code: { ZipFile: zip({ 'index.mjs': '' }) },
        },
        call,
      );
      await clock.advance(2_000);
      permitApis(cell.functions.all.get(name));
      return FunctionArn;
    },
    close: () => dataPlane.close(),
  };
}

function permitApis(target: LambdaFunction | undefined): void {
  const statement = {
    Sid: 'apis',
    Effect: 'Allow' as const,
    Principal: { Service: 'apigateway.amazonaws.com' },
    Action: 'lambda:InvokeFunction',
    Resource: '*',
  };
  target?.permissions.set('$LATEST', new Map([['apis', statement]]));
}
