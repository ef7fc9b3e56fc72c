import { AwsError } from '../../core/aws-error.ts';
import { invalid } from './lookup.ts';

const mostLevels = 15;

/**
 * Checks what a new parameter is to be called.
 *
 * @throws AwsError in Systems Manager's words
 */
export function checkName(name: string): void {
  if (/^\/?(aws|ssm)/i.test(name)) {
    const isPath = name.startsWith('/');
    if (/^\/?aws/i.test(name) && isPath) {
      throw new AwsError('AccessDeniedException', `No access to reserved parameter name: ${name}.`);
    }
    throw invalid(
      isPath
        ? 'Parameter name: can\'t be prefixed with "ssm" (case-insensitive). If formed as a path, it can consist of sub-paths divided by slash symbol; each sub-path can be formed as a mix of letters, numbers and the following 3 symbols .-_'
        : 'Parameter name: can\'t be prefixed with "aws" or "ssm" (case-insensitive).',
    );
  }
  if (!/^[\w.\-/]+$/.test(name)) {
    throw invalid(
      'Parameter name must be a mix of letters, numbers and the following 4 symbols .-_/ and, where it is a path, its parts are divided by /',
    );
  }
  if (name.includes('/') && !name.startsWith('/')) {
    throw invalid('Parameter name must be a fully qualified name.');
  }
  if (name.split('/').length - 1 > mostLevels) {
    throw new AwsError(
      'HierarchyLevelLimitExceededException',
      `A hierarchy can have a maximum of ${mostLevels} levels.`,
    );
  }
}
