import { createHash } from 'node:crypto';

const machineImage =
  /^\/aws\/service\/ami-amazon-linux-latest\/al20\d\d-ami-(minimal-)?kernel-[\w.]+-(arm64|x86_64)$/;

/** What AWS itself publishes as a parameter: here, ids of Amazon Linux images, the same each time. */
export function publicParameterValue(name: string): string | undefined {
  if (!machineImage.test(name)) return undefined;
  return `ami-${createHash('sha256').update(name).digest('hex').slice(0, 17)}`;
}
