import { defineConfig } from 'vitest/config';

// Suites live in tests/, beside those of the core; their dependencies in web/node_modules.
export default defineConfig({
  root: new URL('../tests', import.meta.url).pathname,
  server: { fs: { allow: [new URL('..', import.meta.url).pathname] } },
  test: {
    include: ['web-cli/**/*.test.ts', 'browser/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
  },
});
