import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

// Suites live in tests/, beside those of the core; their dependencies in web/node_modules.
// What a suite imports by name is looked for beside the suite, where there is nothing: here it is.
const packages = ['playwright-core', '@axe-core/playwright', 'onnxruntime-web'];
const found = (name: string) => fileURLToPath(import.meta.resolve(name));

export default defineConfig({
  root: new URL('../tests', import.meta.url).pathname,
  resolve: { alias: Object.fromEntries(packages.map((name) => [name, found(name)])) },
  server: { fs: { allow: [new URL('..', import.meta.url).pathname] } },
  test: {
    include: ['web-cli/**/*.test.ts', 'browser/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
  },
});
