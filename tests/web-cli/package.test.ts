import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, test } from 'vitest';
import { kBuildExports, kMeaningExports, kModelExports, kQueryExports } from '../../web/cli/core/exports.js';
import { page, site, temporaryFolder } from './harness.js';

const web = fileURLToPath(new URL('../../web', import.meta.url));
const dist = join(web, 'dist');

function declared(header: string): string[] {
  const text = readFileSync(new URL(`../../core/include/crossglot/${header}`, import.meta.url), 'utf8');
  return [...text.matchAll(/CG_API\s+[\w\s*]+?\b(cg_\w+)\(/g)].map(([, name]) => name!);
}

function module(path: string): WebAssembly.Module {
  return new WebAssembly.Module(readFileSync(join(dist, path)));
}

function exported(path: string): string[] {
  return WebAssembly.Module.exports(module(path)).map(({ name }) => name).filter((name) => name.startsWith('cg_'));
}

describe('the C interface', () => {
  test('headers, modules and the table of names agree', () => {
    expect(declared('crossglot.h')).toEqual([...kQueryExports]);
    expect(declared('meaning.h')).toEqual([...kMeaningExports]);
    expect(declared('build.h')).toEqual([...kBuildExports]);
    expect(declared('model.h')).toEqual([...kModelExports]);
    expect(exported('runtime/crossglot.wasm').sort()).toEqual([...kQueryExports].sort());
    expect(exported('crossglot-index.wasm').sort())
      .toEqual([...kQueryExports, ...kMeaningExports, ...kBuildExports, ...kModelExports].sort());
    expect(exported('runtime/hybrid.wasm').sort()).toEqual([...kQueryExports, ...kMeaningExports].sort());
  });

  test('the browser\'s core asks its host for stems and for nothing that does something', () => {
    const imports = WebAssembly.Module.imports(module('runtime/crossglot.wasm')).map(({ name }) => name);
    expect(imports).toContain('cg_host_stem');
    expect(imports.filter((name) => !/^(cg_host_stem|emscripten_notify_memory_growth|proc_exit)$/.test(name)))
      .toEqual([]);
  });

  test('every stemmer is a module with memory of its own and no imports', () => {
    const names = readdirSync(join(dist, 'runtime/stem'));
    expect(names.length).toBeGreaterThanOrEqual(25);
    for (const name of names) {
      expect(WebAssembly.Module.imports(module(`runtime/stem/${name}`)), name).toEqual([]);
      expect(exported(`runtime/stem/${name}`).sort()).toEqual(['cg_stem', 'cg_stem_buffer', 'cg_stem_capacity']);
    }
  });

  test('a stemmer module stems in place and refuses what does not fit', () => {
    const { exports } = new WebAssembly.Instance(module('runtime/stem/french.wasm'), {});
    const calls = exports as unknown as Record<string, (size?: number) => number> & { memory: WebAssembly.Memory };
    (calls['_initialize'] as (() => void) | undefined)?.();
    const stem = (word: string): string => {
      const bytes = Buffer.from(word);
      const at = calls['cg_stem_buffer']!();
      new Uint8Array(calls.memory.buffer, at, bytes.length).set(bytes);
      return Buffer.from(calls.memory.buffer, at, calls['cg_stem']!(bytes.length)).toString();
    };
    expect(['électriques', 'voitures', 'continuellement', ''].map(stem))
      .toEqual(['électr', 'voitur', 'continuel', '']);
    expect(calls['cg_stem']!(calls['cg_stem_capacity']!() + 1)).toBe(-1);
  });

  test('what a browser loads stays within its budget', () => {
    const size = (path: string): number => gzipSync(readFileSync(join(dist, path)), { level: 9 }).length;
    expect(size('runtime/crossglot.wasm')).toBeLessThanOrEqual(70 * 1024);
    const english = ['ui.js', 'panel.js', 'worker.js', 'crossglot.wasm', 'stem/english.wasm']
      .reduce((sum, name) => sum + size(`runtime/${name}`), 0);
    expect(english).toBeLessThanOrEqual(95_000);
    for (const name of readdirSync(join(dist, 'runtime/strings'))) {
      expect(english + size(`runtime/strings/${name}`), name).toBeLessThanOrEqual(95_000);
    }
    for (const module of ['encoder.wasm', 'encoder-relaxed.wasm']) {
      expect(size('runtime/encoder.js') + size(`runtime/${module}`)).toBeLessThanOrEqual(120 * 1024);
    }
    const meaning = ['meaning.js', 'hybrid.js', 'hybrid.wasm'].reduce((sum, name) => sum + size(`runtime/${name}`), 0);
    expect(meaning).toBeLessThanOrEqual(140 * 1024);
  });
});

describe('the package', () => {
  let tarball: string;
  beforeAll(() => {
    const folder = temporaryFolder();
    const packed = spawnSync('npm', ['pack', '--silent', '--ignore-scripts', '--pack-destination', folder], {
      cwd: web, encoding: 'utf8',
    });
    expect(packed.status, packed.stderr).toBe(0);
    tarball = join(folder, packed.stdout.trim().split('\n').at(-1)!);
  });

  test('names files that are there, and depends on nothing', () => {
    const manifest = JSON.parse(readFileSync(join(web, 'package.json'), 'utf8')) as {
      dependencies?: object; bin: Record<string, string>; exports: Record<string, string | Record<string, string>>;
    };
    expect(manifest.dependencies ?? {}).toEqual({});
    const named = [...Object.values(manifest.bin), ...Object.values(manifest.exports)
      .flatMap((entry) => (typeof entry === 'string' ? [entry] : Object.values(entry)))];
    expect(named.filter((path) => !existsSync(join(web, path)))).toEqual([]);
  });

  test('carries what it lends, with the licence that this is under', () => {
    const listed = spawnSync('tar', ['-tzf', tarball], { encoding: 'utf8' }).stdout.split('\n');
    for (const kind of ['seed', 'means']) {
      const models = join(web, '../models', kind);
      const names = readdirSync(models).filter((name) => name.endsWith('.tsv'));
      expect(listed).toEqual(expect.arrayContaining(names.map((name) => `package/dist/${kind}/${name}`)));
      for (const name of names) {
        expect(readFileSync(join(dist, kind, name)).equals(readFileSync(join(models, name))), name).toBe(true);
      }
    }
    expect(listed).toContain('package/dist/THIRD-PARTY.txt');
    const notices = readFileSync(join(dist, 'THIRD-PARTY.txt'), 'utf8');
    expect(notices).toContain('seed/ and\nmeans/) were made of LibreOffice Help');
    expect(notices).toContain('Mozilla Public License Version 2.0');
    expect(notices).toContain('Exhibit B');
  });

  test('works in an empty project elsewhere, without a network', () => {
    const project = temporaryFolder();
    writeFileSync(join(project, 'package.json'), '{"name":"empty","private":true,"type":"module"}');
    const installed = spawnSync('npm', ['install', '--offline', '--no-audit', '--no-fund', tarball], {
      cwd: project, encoding: 'utf8',
    });
    expect(installed.status, installed.stderr).toBe(0);
    expect(readdirSync(join(project, 'node_modules')).filter((name) => !name.startsWith('.'))).toEqual(['crossglot']);

    const folder = site({ 'index.html': page('en', 'Hello', '<h1>Hello</h1><p>Searchable words</p>') });
    const command = join(project, 'node_modules/.bin/crossglot');
    const indexed = spawnSync(command, ['--site', folder], { cwd: project, encoding: 'utf8' });
    expect(indexed.status, indexed.stderr).toBe(0);
    const found = spawnSync(command, ['search', join(folder, 'crossglot'), 'searchable'],
      { cwd: project, encoding: 'utf8' });
    expect(found.stdout).toContain('Hello');

    mkdirSync(join(project, 'src'));
    writeFileSync(join(project, 'src/use.mjs'), `import { open } from 'crossglot';
      import 'crossglot/element';
      import { existsSync } from 'node:fs';
      import { fileURLToPath } from 'node:url';
      const files = ['crossglot/worker',
        'crossglot/core.wasm'].map((name) => fileURLToPath(import.meta.resolve(name)));
      console.log(typeof open, files.every(existsSync));`);
    const used = spawnSync(process.execPath, ['src/use.mjs'], { cwd: project, encoding: 'utf8' });
    expect(used.stdout, used.stderr).toBe('function true\n');
  });
});
