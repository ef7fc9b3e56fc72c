import type { Role } from './role.ts';

/** What hands a role to instances. */
export interface InstanceProfile {
  id: string;
  name: string;
  path: string;
  arn: string;
  createdAt: number;
  /** One at the most. */
  roleName: string | undefined;
  tags: Map<string, string>;
}

/** The instance profiles that have a role. */
export function profilesOf(
  { instanceProfiles }: { instanceProfiles: ReadonlyMap<string, InstanceProfile> },
  { name }: Role,
): InstanceProfile[] {
  return [...instanceProfiles.values()].filter(({ roleName }) => roleName === name);
}
