import type { Stack } from '../../world/stacks/stack.ts';

const actions = [
  ['CREATE_FAILED', 'create'],
  ['UPDATE_FAILED', 'update'],
  ['DELETE_FAILED', 'delete'],
] as const;

/** Which resources of a stack failed to do what, as the stack's reason says it. */
export function failedResources({ resources }: Stack): string {
  return actions
    .map(([status, action]) => {
      const failed = [...resources.values()].filter((resource) => resource.status === status);
      const names = failed.map(({ logicalId }) => logicalId).join(', ');
      return failed.length === 0 ? '' : `The following resource(s) failed to ${action}: [${names}]. `;
    })
    .join('');
}
