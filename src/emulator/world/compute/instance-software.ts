/** An instance that starts, as who says what it serves is told of it. */
export interface StartingInstance {
  account: string;
  region: string;
  id: string;
  /** Its address in the VPC. */
  address: string;
  availabilityZone: string;
  imageId: string;
  instanceType: string;
  /** Base64, as it was given at launch. */
  userData: string | undefined;
  /** `aws:autoscaling:groupName` is the group that launched it. */
  tags: ReadonlyMap<string, string>;
}

/** What an instance serves from when it runs until it ends. */
export interface InstanceSoftware {
  /** Ports at the instance's address, and the servers on this computer that answer there. */
  ports: readonly { port: number; forwardTo: { host: string; port: number } }[];
  /** Called once the instance has ended, or died. */
  stop?(): void | Promise<void>;
}

/** Says what an instance serves. What it throws keeps the instance from starting, and is the reason that EC2 tells. */
export type StartInstance = (instance: StartingInstance) => InstanceSoftware | Promise<InstanceSoftware>;

/** An instance that nobody has said anything of serves nothing. */
export const nothing: StartInstance = () => ({ ports: [] });
