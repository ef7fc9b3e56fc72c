import { EC2Client } from '@aws-sdk/client-ec2';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { AwsClients } from '../../src/aws/clients.ts';
import { AwsError } from '../../src/emulator/core/aws-error.ts';
import type { Cell } from '../../src/emulator/core/cell.ts';
import { execute } from '../../src/emulator/core/execute.ts';
import type { Service } from '../../src/emulator/core/service.ts';
import { ec2 } from '../../src/emulator/services/ec2/index.ts';
import { elbv2 } from '../../src/emulator/services/elbv2/index.ts';
import type { Simulation } from '../simulation.ts';
import { callOf } from '../world/infrastructure.ts';
import { readKeys } from '../world/read-keys.ts';
import type { SinkReference } from '../world/simulated-binding.ts';
import { copyOf } from './copy.ts';
import { errorOf, type Fault, faultOf, isWithoutEffect, sdkError } from './faults.ts';
import { isFull, refuseBeyondRoom } from './quotas.ts';
import type { Run } from './run.ts';
import { told } from './told.ts';
import { firstHalf, type Input, referenceOf, writesOf } from './write.ts';

interface Command {
  input: object;
}

/** Clients that reach the simulated world within this process; one set for each run. */
export function clientsOf(simulation: Simulation, run: Run): AwsClients {
  return {
    ec2: standIn(EC2Client, (command) => send(simulation, run, ec2, command)),
    elbv2: standIn(ElasticLoadBalancingV2Client, (command) => send(simulation, run, elbv2, command)),
  };
}

/** Of the SDK's class, which its paginators insist on, with another way to send. */
function standIn<Client extends object>(
  { prototype }: { prototype: Client },
  send: (command: Command) => Promise<unknown>,
): Client {
  return Object.assign(Object.create(prototype) as Client, { send });
}

async function send(simulation: Simulation, run: Run, service: Service, command: Command): Promise<unknown> {
  const operation = command.constructor.name.replace(/Command$/, '');
  const input = copyOf(command.input as Input);
  const { faultDice, world } = simulation;
  simulation.inspector.called(run, operation, input);
  await run.travel();
  const fault = run.calm ? undefined : faultOf(faultDice, world.scenario.faults);
  simulation.tally.calls++;
  if (fault) simulation.tally.faults++;
  const answer = isWithoutEffect(fault)
    ? { error: errorOf(fault) }
    : await takeEffect(simulation, run, { service, operation, input }, fault);
  simulation.trace(() => `${run.id}  ${told(operation, input, answer, fault)}`);
  await run.travel();
  if (answer.error) throw answer.error;
  return answer.output;
}

interface SentCall {
  service: Service;
  operation: string;
  input: Input;
}

export interface Answer {
  output?: Input;
  error?: Error | undefined;
}

async function takeEffect(
  simulation: Simulation,
  run: Run,
  call: SentCall,
  fault: Fault | undefined,
): Promise<Answer> {
  const { world, chronicle, inspector } = simulation;
  const writes = writesOf(call.operation, call.input, world.cell, chronicle.bindings);
  for (const write of writes) {
    run.writes++;
    simulation.tally.writes++;
    inspector.writing(run, write);
  }
  const input = fault === 'halfway' ? firstHalf(call.input) : call.input;
  const first: Answer = input
    ? await answerTo(simulation, run, { ...call, input })
    : { error: errorOf(fault) };
  const last = fault === 'repeated' ? await answerTo(simulation, run, call) : first;
  if (!first.error)
    for (const { truth, kind, items } of writes) {
      truth?.binding.sink.accepted?.(
        kind,
        items.map(({ address }) => address),
      );
    }
  if (writes.length > 0) chronicle.look();
  if (!first.error) for (const write of writes) inspector.written(run, write);
  const error = errorOf(fault);
  return error ? { error } : last;
}

async function answerTo(
  simulation: Simulation,
  run: Run,
  { service, operation, input }: SentCall,
): Promise<Answer> {
  const { world } = simulation;
  const keys = readKeys(operation, input);
  const isRead = /^(Describe|Get)/.test(operation);
  const cell = isRead ? simulation.readableCell(run) : world.cell;
  note(simulation, run, operation, input);
  try {
    if (operation === 'DescribeVpcs' && !world.scenario.mayDescribeVpcs) {
      throw new AwsError('UnauthorizedOperation', 'You are not authorized to perform this operation.', 403);
    }
    refuseBeyondRoom(operation, input, world);
    const asked = isRead ? paged(input, world.scenario.pageSize) : input;
    const whole = copyOf(await call(service, operation, asked, cell));
    const output = keys.length > 0 ? withOmissions(simulation, run, whole) : whole;
    run.sightings.listed(keys, input, output, output !== whole);
    return { output };
  } catch (error) {
    run.sightings.listed(keys, input, undefined, false);
    if (!(error instanceof AwsError)) throw simulation.defect(error);
    if (isFull(error)) noteFull(simulation, run, input);
    return { error: sdkError(error.code, error.message, error.status) };
  }
}

async function call(service: Service, operation: string, input: Input, cell: Cell): Promise<Input> {
  const handlers = service as Service<Record<string, () => Input>>;
  return await execute(handlers, operation, input as never, callOf(cell));
}

/** A page may always hold less than was asked for. */
function paged(input: Input, pageSize: number): Input {
  return input.MaxResults === undefined
    ? input
    : { ...input, MaxResults: Math.min(input.MaxResults, pageSize) };
}

/** A listing may lack what is there, more than the lag of a replica explains; it then knows of no more pages either. */
function withOmissions({ faultDice, world }: Simulation, run: Run, output: Input): Input {
  if (run.calm || !faultDice.chance(world.scenario.partialListings)) return output;
  const kept = faultDice.chance(0.3) ? 0 : 0.6;
  const found: Input[] = output.NetworkInterfaces ?? [];
  return { NetworkInterfaces: found.filter(() => faultDice.chance(kept)) };
}

/** The sinks that a call reads from the beginning. */
function note({ world, chronicle }: Simulation, run: Run, operation: string, input: Input): void {
  if (!sinkReads.has(operation) || input.NextToken !== undefined) return;
  const groupIds: string[] = (input.Filters ?? []).flatMap(({ Values }: Input) => Values);
  const references: SinkReference[] = [
    { targetGroupArn: input.TargetGroupArn },
    ...groupIds.map((groupId) => ({ groupId })),
    ...(input.PrefixListIds ?? []).map((prefixListId: string) => ({ prefixListId })),
  ];
  for (const { binding } of chronicle.bindings) {
    if (references.some((reference) => binding.sink.isSinkOf(reference)))
      run.sightings.readSink(binding.name, world.clock.now());
  }
}

const sinkReads = new Set([
  'DescribeTargetHealth',
  'DescribeSecurityGroupRules',
  'DescribeManagedPrefixLists',
]);

function noteFull({ chronicle }: Simulation, run: Run, input: Input): void {
  for (const { binding } of chronicle.bindings) {
    if (binding.sink.isSinkOf(referenceOf(input))) run.sightings.foundFull(binding.name);
  }
}
