import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ABI_VERSION, FUNCTIONS } from '../../web/worker/abi.js';
import { ENCODER_ABI_VERSION, ENCODER_FUNCTIONS } from '../../web/worker/encoder_abi.js';
import { MEANING_FUNCTIONS } from '../../web/worker/hybrid_abi.js';
import { EXACT_SCORE } from '../../web/client/reorder.js';
import { PASSAGE_RULES, VECTOR_FORMAT } from '../../web/worker/model.js';

const read = (name: string) =>
  readFileSync(new URL(`../../core/include/crossglot/${name}`, import.meta.url), 'utf8');
const shipped = (name: string) => new URL(`../../web/dist/runtime/${name}`, import.meta.url);
const header = read('crossglot.h');

function declared(header: string): Record<string, string> {
  const functions = header.matchAll(/CG_API\s+[\w\s*]+?\b(cg_\w+)\(([^)]*)\)/g);
  const names = (parameters: string) => parameters.split(',')
    .map((parameter) => parameter.match(/(\w+)\s*$/)?.[1] ?? '')
    .filter((name) => name !== 'void').join(' ');
  return Object.fromEntries([...functions].map(([, name, parameters]) => [name!, names(parameters!)]));
}

test('the worker’s table names the functions and parameters of the C header', () => {
  expect(declared(header)).toEqual(FUNCTIONS);
  expect(declared(read('encoder.h'))).toEqual(ENCODER_FUNCTIONS);
  expect(declared(read('meaning.h'))).toEqual(MEANING_FUNCTIONS);
});

test('vectors have the same name in the page as in the core', () => {
  const source = (path: string) => readFileSync(new URL(`../../core/${path}`, import.meta.url), 'utf8');
  expect(source('embed/encoder.h')).toContain(`kVectorFormat = ${VECTOR_FORMAT};`);
  expect(source('build/passages.h')).toContain(`kPassageRules = "${PASSAGE_RULES}";`);
  expect(source('search/fusion.cpp')).toContain(`kExact = ${EXACT_SCORE}.0f;`);
});

test('the worker expects the version that the C header declares', () => {
  expect(header).toContain(`#define CG_ABI_VERSION ${ABI_VERSION}\n`);
  expect(read('encoder.h')).toContain(`#define CG_ENCODER_ABI_VERSION ${ENCODER_ABI_VERSION}\n`);
});

const kCores: [string, readonly string[]][] = [
  ['crossglot.wasm', Object.keys(FUNCTIONS)],
  ['hybrid.wasm', [...Object.keys(FUNCTIONS), ...Object.keys(MEANING_FUNCTIONS)]],
];

test.each(kCores)('%s exports exactly these functions, its memory and its start', async (name, functions) => {
  expect(existsSync(shipped(name)), 'web/dist is not built').toBe(true);
  const exports = WebAssembly.Module.exports(await WebAssembly.compile(readFileSync(shipped(name))));
  // The toolchain's own helpers come along.
  const names = exports.map(({ name }) => name).filter((name) => !/^(__|_?emscripten)/.test(name)).sort();
  expect(names).toEqual([...functions, '_initialize', 'memory'].sort());
});

test.each(kCores)('%s asks its host for a stemmer and else only for WASI', async (name) => {
  const imports = WebAssembly.Module.imports(await WebAssembly.compile(readFileSync(shipped(name))));
  const own = imports.filter(({ module: from }) => from !== 'wasi_snapshot_preview1').map(({ name }) => name);
  expect(own.filter((name) => !name.startsWith('emscripten_'))).toEqual(['cg_host_stem']);
});

// Only the relaxed one has opcodes that an engine may not know: where this Node does not, Chromium's suites load it.
test.each(['encoder.wasm', 'encoder-relaxed.wasm'])(
  '%s exports exactly the functions of its header, and asks its host for nothing', async (name) => {
    const bytes = readFileSync(shipped(name));
    if (name === 'encoder-relaxed.wasm' && !WebAssembly.validate(bytes)) return;
    const compiled = await WebAssembly.compile(bytes);
    const names = WebAssembly.Module.exports(compiled).map(({ name }) => name)
      .filter((name) => !/^(__|_?emscripten)/.test(name)).sort();
    expect(names).toEqual([...Object.keys(ENCODER_FUNCTIONS), '_initialize', 'memory'].sort());
    const imports = WebAssembly.Module.imports(compiled).map(({ name }) => name);
    expect(imports.filter((name) => !/^(emscripten_notify_memory_growth|proc_exit)$/.test(name))).toEqual([]);
  });
