/** How API Gateway reaches a network load balancer in a VPC. */
export interface VpcLink {
  id: string;
  name: string;
  description: string | undefined;
  targetArns: string[];
  status: 'PENDING' | 'AVAILABLE' | 'FAILED';
  statusMessage: string | undefined;
  tags: Map<string, string>;
}

/** API Gateway takes two to four minutes to set a link up. */
export const SET_UP_MILLISECONDS = 120_000;
