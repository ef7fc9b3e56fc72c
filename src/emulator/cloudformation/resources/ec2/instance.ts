import type { Instance } from '@aws-sdk/client-ec2';
import { execute } from '../../../core/execute.ts';
import { ec2 } from '../../../services/ec2/index.ts';
import { operationsOf } from '../../../wire/operation-schema.ts';
import { readRecords, readText, toInput } from '../../properties.ts';
import {
  type ProvidedResource,
  type ResourceContext,
  ResourceFailure,
  type ResourceProvider,
} from '../../resource-provider.ts';
import type { Properties } from '../../template/template.ts';
import { waitFor } from '../../waiting.ts';
import { retag, tagSpecifications } from './tags.ts';

/** What the call that launches does not take, or takes in another form. */
const elsewhere = [
  'AvailabilityZone',
  'IamInstanceProfile',
  'PropagateTagsToVolumeOnCreation',
  'SourceDestCheck',
  'Tags',
];

function launchProperties(): string[] {
  const input = operationsOf(ec2.model).get('RunInstances')?.input;
  return input ? [...input.structIterator()].map(([name]) => name) : [];
}

/** `AWS::EC2::Instance`: any change but that of its tags is made by another instance. */
export const instance: ResourceProvider = {
  get createOnly() {
    return [...launchProperties(), ...elsewhere.filter((name) => name !== 'Tags')];
  },

  async create(properties, context) {
    const once = { ...properties, ...networkInterfaces(properties), MinCount: 1, MaxCount: 1 };
    const input = toInput(ec2, 'RunInstances', once, elsewhere);
    const Name = readText(properties, 'IamInstanceProfile');
    const { Instances: [launched] = [] } = await execute(
      ec2,
      'RunInstances',
      {
        ...input,
        TagSpecifications: tagSpecifications('instance', properties, context),
        ...(Name !== undefined && { IamInstanceProfile: { Name } }),
      },
      context.call,
    );
    const id = launched?.InstanceId ?? '';
    context.initiated(id);
    return provided(await waitFor(() => running(id, context), waiting(context)));
  },

  async update(id, properties, previous, context) {
    await retag(id, properties, previous, context);
    return provided((await describe(id, context)) ?? {});
  },

  async delete(id, _properties, context) {
    await execute(ec2, 'TerminateInstances', { InstanceIds: [id] }, context.call);
    await waitFor(() => terminated(id, context), waiting(context));
  },
};

/** Their groups have another name in templates. */
function networkInterfaces(properties: Properties): Properties {
  const given = readRecords(properties, 'NetworkInterfaces');
  if (given.length === 0) return {};
  const named = given.map(({ GroupSet: Groups, ...held }) => ({
    ...held,
    ...(Groups !== undefined && { Groups }),
  }));
  return { NetworkInterfaces: named };
}

function waiting({ cell, signal }: ResourceContext): Parameters<typeof waitFor>[1] {
  return { clock: cell.clock, signal };
}

async function describe(id: string, { call }: ResourceContext): Promise<Instance | undefined> {
  const { Reservations = [] } = await execute(ec2, 'DescribeInstances', { InstanceIds: [id] }, call);
  return Reservations[0]?.Instances?.[0];
}

async function running(id: string, context: ResourceContext): Promise<Instance | undefined> {
  const found = await describe(id, context);
  const { StateReason: reason, State: state } = found ?? {};
  if (state?.Name === 'terminated')
    throw new ResourceFailure(`Instance ${id} failed to stabilize: ${reason?.Message}`);
  return state?.Name === 'running' ? found : undefined;
}

async function terminated(id: string, context: ResourceContext): Promise<true | undefined> {
  const found = await describe(id, context);
  return found?.State?.Name === 'terminated' ? true : undefined;
}

function provided(found: Instance): ProvidedResource {
  const { InstanceId = '', PrivateIpAddress, VpcId, Placement } = found;
  return {
    physicalId: InstanceId,
    attributes: {
      InstanceId,
      AvailabilityZone: Placement?.AvailabilityZone,
      PrivateIp: PrivateIpAddress,
      VpcId,
    },
  };
}
