/** A CloudWatch dashboard. */
export interface Dashboard {
  name: string;
  arn: string;
  /** JSON. */
  body: string;
  modifiedAt: number;
  tags: Map<string, string>;
}
