import { paginateDescribeLoadBalancers } from '@aws-sdk/client-elastic-load-balancing-v2';
import { UsageError } from '../usage-error.ts';
import { awsClients } from './aws-clients.ts';

export interface ScaleOptions {
  nodes: number;
  port: number;
  loadBalancer?: string;
}

/** Scales the ALB of a local AWS that runs already. */
export async function scale({ nodes, port, loadBalancer }: ScaleOptions): Promise<void> {
  const endpoint = `http://127.0.0.1:${port}`;
  const name = loadBalancer ?? (await findOnlyAlb(endpoint));
  const { from, to } = await requestScaling(endpoint, name, nodes);
  console.log(`${name}: ${from} → ${to} nodes`);
}

/** @throws UsageError when the local AWS refuses, or isn't there */
export async function requestScaling(
  endpoint: string,
  name: string,
  nodes: number,
): Promise<{ from: number; to: number }> {
  const answer = await reach(endpoint, () =>
    fetch(`${endpoint}/_emulator/load-balancers/${encodeURIComponent(name)}/scale`, {
      method: 'POST',
      body: JSON.stringify({ nodes }),
    }),
  );
  const body = (await answer.json()) as { from: number; to: number; message?: string };
  if (!answer.ok) throw new UsageError(body.message ?? `scaling failed with status ${answer.status}`);
  return body;
}

async function findOnlyAlb(endpoint: string): Promise<string> {
  const { elbv2, close } = awsClients(endpoint);
  const names = await reach(endpoint, async () => {
    const found: string[] = [];
    for await (const { LoadBalancers = [] } of paginateDescribeLoadBalancers({ client: elbv2 }, {})) {
      for (const { Type, LoadBalancerName = '' } of LoadBalancers)
        if (Type === 'application') found.push(LoadBalancerName);
    }
    return found;
  }).finally(close);
  const [only, ...others] = names;
  if (only === undefined)
    throw new UsageError(`there is no ALB at ${endpoint} yet: wait until the stack is deployed`);
  if (others.length > 0)
    throw new UsageError(`there are several ALBs, choose one with --load-balancer: ${names.join(', ')}`);
  return only;
}

async function reach<T>(endpoint: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    const { code, cause } = error as { code?: string; cause?: { code?: string } };
    if (code !== 'ECONNREFUSED' && cause?.code !== 'ECONNREFUSED') throw error;
    throw new UsageError(
      `nothing listens at ${endpoint}: start \`albridge local\` first, or give its port with --port`,
    );
  }
}
