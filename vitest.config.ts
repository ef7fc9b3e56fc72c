import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** What takes long first, lest it be waited for alone in the end. */
const slow = ['terraform', 'bridge.test', 'controls', 'simulate', 'local-command', 'cdk-command', 'adopt'];

class SlowFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification): number => {
      const index = slow.findIndex((part) => moduleId.includes(`/${part}`));
      return index === -1 ? slow.length : index;
    };
    const [whole, units] = [files.filter(isWhole), files.filter((file) => !isWhole(file))];
    return [...whole.sort((one, other) => rank(one) - rank(other)), ...units];
  }
}

function isWhole({ project }: TestSpecification): boolean {
  return project.name === 'whole';
}

export default defineConfig({
  test: {
    // Tests of the whole wait most of the time, for processes and for time: a third is done besides.
    maxWorkers: 3,
    sequence: { sequencer: SlowFirst },
    projects: [
      {
        extends: true,
        test: {
          name: 'units',
          include: [
            'src/**/*.test.ts',
            'simulation/*/**/*.test.ts',
            'fuzz/**/*.test.ts',
            'examples/**/*.test.ts',
          ],
          // Nothing in them changes a module: to load the SDK and the CDK for each file anew is most of the time.
          isolate: false,
        },
      },
      {
        extends: true,
        test: { name: 'whole', include: ['test/**/*.test.ts', 'simulation/*.test.ts'] },
      },
    ],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
  },
});
