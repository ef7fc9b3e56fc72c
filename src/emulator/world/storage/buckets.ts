/** S3 buckets and objects. */
export class Buckets {}
