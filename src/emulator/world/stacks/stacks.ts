/** CloudFormation stacks with their resources and events. */
export class Stacks {}
