/** REST APIs with their resources, deployments, stages and VPC links. */
export class Apis {}
