import type { RequestLaunchTemplateData } from '@aws-sdk/client-ec2';

export interface LaunchTemplate {
  id: string;
  name: string;
  createdAt: number;
  createdBy: string;
  defaultVersion: number;
  /** By number; the last is the latest. */
  versions: Map<number, LaunchTemplateVersion>;
  /** How many there have been: the number of a deleted version does not come again. */
  createdVersions: number;
  tags: Map<string, string>;
}

export interface LaunchTemplateVersion {
  number: number;
  description: string | undefined;
  createdAt: number;
  createdBy: string;
  data: RequestLaunchTemplateData;
}

/** The version that a number, `$Latest` or `$Default` means. */
export function versionOf(template: LaunchTemplate, version: string): LaunchTemplateVersion | undefined {
  if (version === '$Latest') return [...template.versions.values()].at(-1);
  const number = version === '$Default' ? template.defaultVersion : Number(version);
  return template.versions.get(number);
}
