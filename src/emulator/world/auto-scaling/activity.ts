/** What Auto Scaling did to a group, and why. */
export interface Activity {
  id: string;
  description: string;
  cause: string;
  startedAt: number;
  endedAt: number | undefined;
  status: 'InProgress' | 'PreInService' | 'WaitingForELBConnectionDraining' | 'Successful' | 'Failed';
  /** What went wrong. */
  statusMessage: string | undefined;
  availabilityZone: string | undefined;
  subnetId: string | undefined;
}

/** How many a group remembers: those of six weeks, on AWS. */
export const activitiesKept = 200;

export function progressOf({ status }: Activity): number {
  return {
    InProgress: 50,
    PreInService: 30,
    WaitingForELBConnectionDraining: 20,
    Successful: 100,
    Failed: 100,
  }[status];
}
