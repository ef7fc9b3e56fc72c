/**
 * How long things take in the world, in milliseconds of its clock. AWS documents few of them: where it gives a range
 * or is silent, these are what operators report, on the quick side.
 */
export interface Timings {
  /** From creation to `active`. */
  provisioning: number;
  /** From a new ALB node's interface to its first request served. */
  nodeStart: number;
  /** How long an ALB node serves on after it has left DNS. */
  nodeLeave: number;
  /** From registration to the first health check ("registration can take a few minutes"). */
  registration: { application: number; network: number };
}

const seconds = 1000;

export const defaultTimings: Timings = {
  provisioning: 60 * seconds,
  nodeStart: 30 * seconds,
  nodeLeave: 300 * seconds,
  registration: { application: 5 * seconds, network: 15 * seconds },
};
