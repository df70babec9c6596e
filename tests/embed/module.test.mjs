// The modules that ship: what they export, and that they give the golden vectors. CROSSGLOT_WASM names their folder.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { EncoderModule, readFolder } from './encoder_module.mjs';
import { realTexts } from './real_texts.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const pack = process.env.CROSSGLOT_MODEL ?? join(root, '.cache/model/e5-small');
const modules = ['crossglot-encoder', 'crossglot-encoder-relaxed']
  .map((name) => join(process.env.CROSSGLOT_WASM, `${name}.wasm`));
const header = readFileSync(join(root, 'core/include/crossglot/encoder.h'), 'utf8');
const declared = [...header.matchAll(/CG_API\s+[\w\s*]+?\b(cg_\w+)\(/g)].map(([, name]) => name);

// Whether this engine knows relaxed SIMD: i32x4.relaxed_dot_i8x16_i7x16_add of three zeros.
const knowsRelaxed = WebAssembly.validate(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123,
  3, 2, 1, 0, 10, 19, 1, 17, 0, 65, 0, 253, 15, 65, 0, 253, 15, 65, 0, 253, 15, 253, 147, 2, 11]));

for (const file of modules) {
  const relaxed = file.includes('relaxed');
  const name = relaxed ? 'the relaxed module' : 'the module';
  const skip = relaxed && !knowsRelaxed ? 'this Node does not know relaxed SIMD' : false;

  test(`${name} exports the functions of the C header, and is small`, { skip }, async () => {
    const bytes = readFileSync(file);
    const exports = WebAssembly.Module.exports(await WebAssembly.compile(bytes)).map(({ name }) => name)
      .filter((name) => !/^(__|_?emscripten)/.test(name));
    assert.deepEqual(exports.sort(), [...declared, '_initialize', 'memory'].sort());
    assert.ok(gzipSync(bytes, { level: 9 }).length < 80_000, `${gzipSync(bytes, { level: 9 }).length} bytes gzipped`);
  });

  test(`${name} gives the golden vectors, a page at a time`, {
    skip: skip || (existsSync(join(pack, 'model.json')) ? false : 'no model pack: ./dev model makes one'),
  }, async (context) => {
    const { query, passage } = JSON.parse(readFileSync(join(pack, 'model.json'), 'utf8')).prefixes;
    const texts = realTexts();
    const digest = createHash('sha256');
    for (const [list, prefix, most] of [[texts.queries, query, 16], [texts.passages, passage, 128]]) {
      const encoder = await EncoderModule.create(readFileSync(file), await readFolder(pack), most);
      if (most === 16) context.diagnostic(`kernels: ${encoder.kernels}`);
      assert.throws(() => encoder.encode(prefix + list[0]), { status: 6 });
      for (const text of list) {
        await encoder.fetchPages(prefix + text);
        digest.update(encoder.encode(prefix + text).bytes);
      }
      assert.ok(encoder.memoryBytes < 120e6, `${encoder.memoryBytes} bytes of memory with nearly all pages`);
    }
    assert.equal(digest.digest('hex'), readFileSync(new URL('vectors.golden', import.meta.url), 'utf8').trim());
  });
}
