import type { CfnResource } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';

/** Code given as a path relative to the template, which `aws cloudformation package` uploads and replaces. */
export class LocalCode extends lambda.Code {
  readonly #path: string;

  constructor(path: string) {
    super();
    this.#path = path;
  }

  override bind(): lambda.CodeConfig {
    // CDK demands a location; bindToResource puts the path in its place.
    return { s3Location: { bucketName: 'local', objectKey: this.#path } };
  }

  override bindToResource(resource: CfnResource): void {
    resource.addPropertyOverride('Code', this.#path);
  }
}
