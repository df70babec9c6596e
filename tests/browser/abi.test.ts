import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ABI_VERSION, FUNCTIONS } from '../../web/worker/abi.js';

const header = readFileSync(new URL('../../core/include/crossglot/crossglot.h', import.meta.url), 'utf8');
const module = new URL('../../web/dist/runtime/crossglot.wasm', import.meta.url);

function declared(): Record<string, string> {
  const functions = header.matchAll(/CG_API\s+[\w\s*]+?\b(cg_\w+)\(([^)]*)\)/g);
  const names = (parameters: string) => parameters.split(',')
    .map((parameter) => parameter.match(/(\w+)\s*$/)?.[1] ?? '')
    .filter((name) => name !== 'void').join(' ');
  return Object.fromEntries([...functions].map(([, name, parameters]) => [name!, names(parameters!)]));
}

test('the worker’s table names the functions and parameters of the C header', () => {
  expect(declared()).toEqual(FUNCTIONS);
});

test('the worker expects the version that the C header declares', () => {
  expect(header).toContain(`#define CG_ABI_VERSION ${ABI_VERSION}\n`);
});

test('the shipped module exports exactly these functions, its memory and its start', async () => {
  expect(existsSync(module), 'web/dist is not built').toBe(true);
  const exports = WebAssembly.Module.exports(await WebAssembly.compile(readFileSync(module)));
  // The toolchain's own helpers come along.
  const names = exports.map(({ name }) => name).filter((name) => !/^(__|_?emscripten)/.test(name)).sort();
  expect(names).toEqual([...Object.keys(FUNCTIONS), '_initialize', 'memory'].sort());
});

test('the shipped module asks its host for a stemmer and else only for WASI', async () => {
  const imports = WebAssembly.Module.imports(await WebAssembly.compile(readFileSync(module)));
  const own = imports.filter(({ module: from }) => from !== 'wasi_snapshot_preview1').map(({ name }) => name);
  expect(own.filter((name) => !name.startsWith('emscripten_'))).toEqual(['cg_host_stem']);
});
