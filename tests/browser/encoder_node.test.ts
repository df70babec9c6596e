/**
 * The encoder's modules in Node, through the binding that the browser's worker uses: the same bits as the native
 * command, and as int8 the same bytes. Skips what this machine does not have, and says so.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { beforeAll, describe, expect, test } from 'vitest';
import { EncoderCore } from '../../web/worker/encoder_binding.js';
import { hashBytes, type Model, parseModel } from '../../web/worker/model.js';
import { temporaryFolder } from './harness.js';
import { nativeBytes, nativeVectors, realPack, TEXTS, writePack } from './model.js';

const runtime = fileURLToPath(new URL('../../web/dist/runtime/', import.meta.url));
const texts = Object.values(TEXTS);

class NodeEncoder {
  private constructor(readonly core: EncoderCore, readonly model: Model, readonly pack: string) {}

  static async open(module: string, pack: string): Promise<NodeEncoder> {
    const core = await EncoderCore.create(await WebAssembly.compile(readFileSync(join(runtime, module))), 512);
    const model = parseModel(readFileSync(join(pack, 'model.json'), 'utf8'));
    const encoder = new NodeEncoder(core, model, pack);
    const content = (name: string) => gunzipSync(readFileSync(join(pack, name)));
    const { tokenizer, rows } = model;
    core.add('tokenizer', content(tokenizer.name), hashBytes(tokenizer.sha256));
    core.add('rows', content(rows.name), hashBytes(rows.sha256));
    for (const { name, sha256 } of model.encoder) core.add('layers', content(name), hashBytes(sha256));
    return encoder;
  }

  prepared(text: string, kind: 'query' | 'passage'): string {
    const prefixed = this.model.prefixes[kind] + text;
    for (const page of this.core.needs(prefixed)) {
      this.core.addPage(page, gunzipSync(readFileSync(join(this.pack, this.core.pageFile(page)!.name))));
    }
    return prefixed;
  }
}

function sameVectors(encoder: NodeEncoder, texts: readonly string[], kind: 'query' | 'passage'): void {
  const vectors = nativeVectors(encoder.pack, texts, kind);
  const bytes = nativeBytes(encoder.pack, texts, kind);
  for (const [i, text] of texts.entries()) {
    const prepared = encoder.prepared(text, kind);
    expect(encoder.core.encode(prepared), text).toEqual(vectors[i]);
    expect(encoder.core.encodeBytes(prepared), text).toEqual(bytes[i]);
  }
}

const modules = [['encoder.wasm', 'wasm128'], ['encoder-relaxed.wasm', 'wasmrelaxed']] as const;

describe.each(modules)('%s in Node', (module, kernels) => {
  const runs = WebAssembly.validate(readFileSync(join(runtime, module)));
  if (!runs) process.stderr.write(`skipped: Node ${process.version} does not know relaxed SIMD\n`);
  let pack: string;
  beforeAll(() => { pack = writePack(join(temporaryFolder(), 'pack')); });

  test.skipIf(!runs)('runs its own kernels, and gives the bits of the native command', async () => {
    const encoder = await NodeEncoder.open(module, pack);
    expect(encoder.core.kernels).toBe(kernels);
    sameVectors(encoder, texts, 'query');
    sameVectors(encoder, texts, 'passage');
  });

  test.skipIf(!runs)('a file that was rejected leaves the encoder as it was', async () => {
    const encoder = await NodeEncoder.open(module, pack);
    const text = encoder.model.prefixes.query + texts[0]!;
    const [page] = encoder.core.needs(text);
    expect(() => encoder.core.encode(text)).toThrow(/missing|not .*(there|loaded)/i);
    expect(() => encoder.core.addPage(page!, new Uint8Array(100))).toThrow(/page/);
    encoder.prepared(texts[0]!, 'query');
    expect(encoder.core.encode(text)).toEqual(nativeVectors(pack, [texts[0]!], 'query')[0]);
  });

  const real = realPack();
  if (!real) process.stderr.write('skipped: ./dev model has not fetched the default encoder\n');
  test.skipIf(!runs || !real)('the default encoder too, for queries and a passage of 128 pieces', async () => {
    const encoder = await NodeEncoder.open(module, real!);
    sameVectors(encoder, texts, 'query');
    sameVectors(encoder, [texts.join(' ')], 'passage');
    expect(encoder.core.memoryBytes).toBeLessThanOrEqual(80_000_000);
  });
});
