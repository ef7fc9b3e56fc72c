import { defineConfig } from 'vitest/config';

/** The tests of one area alone, which `scripts/mutation.mjs` names, in one thread for each of its own. */
export default defineConfig({
  test: {
    include: ['**/*.test.ts'],
    testTimeout: 60_000,
    maxWorkers: 1,
    env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
  },
});
