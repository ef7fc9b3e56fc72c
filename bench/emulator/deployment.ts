import { startLocalAws } from './local-aws.ts';
import { median } from './median.ts';

export interface Deployment {
  /** From the first line of `albridge local` to the stack's `CREATE_COMPLETE`. */
  milliseconds: number;
  /** Resident, with the stack deployed and its function running on schedule. */
  bytes: number;
}

/** The minute that load balancers take is 0.6 s of it. Were it faster, functions would come too late for the stack. */
const timeScale = 100;

/** Deploys the bridge as `albridge local` does: a VPC, the functions packaged, the stack, polled every 200 ms. */
export async function measureDeployment({ rounds }: { rounds: number }): Promise<Deployment> {
  const deployments: Deployment[] = [];
  for (let round = 0; round < rounds; round++) deployments.push(await deployOnce());
  return {
    milliseconds: median(deployments.map(({ milliseconds }) => milliseconds)),
    bytes: median(deployments.map(({ bytes }) => bytes)),
  };
}

async function deployOnce(): Promise<Deployment> {
  const local = startLocalAws('--time-scale', String(timeScale));
  try {
    const { at: began } = await local.line('starting');
    const isWhole = ({ type, status }: { [name: string]: unknown }): boolean =>
      type === 'AWS::CloudFormation::Stack' && status === 'CREATE_COMPLETE';
    const { at: ended } = await local.line('resource', isWhole);
    const { bytes } = await local.usage();
    return { milliseconds: ended - began, bytes };
  } finally {
    await local.stop();
  }
}
