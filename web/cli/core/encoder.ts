/** A model pack on disk and the module that runs it: a text to its vector, on the thread that asks. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { CommandError, exitInput } from '../errors.js';
import { EncoderCore } from '../../worker/encoder_binding.js';
import { hashBytes, type ModelFile, parseModel } from '../../worker/model.js';

const kDecoder = new TextDecoder('utf-8', { ignoreBOM: true });

export class PackEncoder {
  private constructor(
    private readonly core: EncoderCore, private readonly folder: string, readonly queryPrefix: string,
  ) {}

  /** @throws {CommandError} naming the file that is missing or broken. */
  static async open(module: WebAssembly.Module, folder: string): Promise<PackEncoder> {
    const model = parseModel(readFileSync(join(folder, 'model.json'), 'utf8'));
    const encoder = new PackEncoder(await EncoderCore.create(module, model.positions), folder, model.prefixes.query);
    encoder.add('tokenizer', model.tokenizer);
    for (const file of model.encoder) encoder.add('layers', file);
    encoder.add('rows', model.rows);
    if (encoder.core.ready) return encoder;
    throw new CommandError(exitInput, `${join(folder, 'model.json')}: names too few files of layers`);
  }

  get dimensions(): number {
    return this.core.dimensions;
  }

  /** @param text with its prefix; bytes are UTF-8. Rows of its words are read when they are first met. */
  encode(text: Uint8Array | string): Int8Array {
    const words = typeof text === 'string' ? text : kDecoder.decode(text);
    for (const page of this.core.needs(words)) {
      const file = this.core.pageFile(page);
      if (file) this.named(file.name, () => this.core.addPage(page, this.read(file.name)));
    }
    return this.core.encodeBytes(words);
  }

  private add(part: 'tokenizer' | 'rows' | 'layers', file: ModelFile): void {
    this.named(file.name, () => this.core.add(part, this.read(file.name), hashBytes(file.sha256)));
  }

  private read(name: string): Uint8Array {
    return gunzipSync(readFileSync(join(this.folder, name)));
  }

  private named(name: string, use: () => void): void {
    try {
      use();
    } catch (error) {
      throw new CommandError(exitInput, `${join(this.folder, name)}: ${(error as Error).message}`);
    }
  }
}
