// The encoder's wasm modules over a model pack in a folder, for tests and benches in Node.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

// Nothing but a clock and writing is ever asked for, and neither while encoding.
const host = (module) => Object.fromEntries(WebAssembly.Module.imports(module).map(({ module: from }) => [from,
  new Proxy({}, { get: () => () => 0 })]));

export class EncoderModule {
  #exports;
  #encoder;
  #folder;
  #names = [];

  // pack: its folder. Everything but pages is read and attached.
  static async create(wasmFile, pack, piecesMax = 512) {
    const module = await WebAssembly.compile(readFileSync(wasmFile));
    const { exports } = await WebAssembly.instantiate(module, host(module));
    exports._initialize?.();
    const self = new EncoderModule(exports, pack, piecesMax);
    const description = JSON.parse(readFileSync(join(pack, 'model.json'), 'utf8'));
    const files = [description.tokenizer, description.rows, ...description.encoder]
      .map((file) => ({ content: self.#content(file.name), sha256: Buffer.from(file.sha256, 'hex') }));
    const begin = performance.now();
    files.forEach(({ content, sha256 }, i) => {
      const add = ['cg_encoder_add_tokenizer', 'cg_encoder_add_rows'][i] ?? 'cg_encoder_add_layers';
      self.#withBytes([content, sha256], ([at, hash]) => self.#check(exports[add](self.#encoder, at, content.length, hash)));
    });
    self.createMs = performance.now() - begin;
    const count = exports.cg_encoder_page_count(self.#encoder);
    for (let page = 0; page < count; ++page) {
      self.#names.push(self.#out(1, ([text]) => {
        exports.cg_encoder_page_file(self.#encoder, page, text);
        return self.#text(text);
      }));
    }
    return self;
  }

  constructor(exports, pack, piecesMax) {
    this.#exports = exports;
    this.#folder = pack;
    this.#encoder = exports.cg_encoder_new(piecesMax);
  }

  get kernels() {
    return this.#out(1, ([text]) => {
      this.#exports.cg_encoder_kernels(this.#encoder, text);
      return this.#text(text);
    });
  }

  get memoryBytes() {
    return this.#exports.memory.buffer.byteLength;
  }

  pieces(text) {
    return this.#numbers('cg_encoder_pieces', text);
  }

  // Attaches the pages that the text needs. Returns how many there were.
  fetchPages(text) {
    const pages = this.#numbers('cg_encoder_needs', text);
    for (const page of pages) {
      const content = this.#content(this.#names[page]);
      this.#withBytes([content], ([at]) =>
        this.#check(this.#exports.cg_encoder_add_page(this.#encoder, page, at, content.length)));
    }
    return pages.length;
  }

  // { vector: Float32Array, bytes: Int8Array }, copies.
  encode(text) {
    const utf8 = Buffer.from(text);
    return this.#withBytes([utf8], ([at]) => this.#out(1, ([out]) => {
      this.#check(this.#exports.cg_encode(this.#encoder, at, utf8.length, out, out + 4));
      const [vector, bytes] = new Uint32Array(this.#exports.memory.buffer, out, 2);
      const size = this.#exports.cg_encoder_dimensions(this.#encoder);
      return {
        vector: new Float32Array(this.#exports.memory.buffer, vector, size).slice(),
        bytes: new Int8Array(this.#exports.memory.buffer, bytes, size).slice(),
      };
    }));
  }

  #content(name) {
    return gunzipSync(readFileSync(join(this.#folder, name)));
  }

  #numbers(call, text) {
    const utf8 = Buffer.from(text);
    return this.#withBytes([utf8], ([at]) => this.#out(1, ([out]) => {
      this.#check(this.#exports[call](this.#encoder, at, utf8.length, out));
      const [data, size] = new Uint32Array(this.#exports.memory.buffer, out, 2);
      return [...new Uint32Array(this.#exports.memory.buffer, data, size)];
    }));
  }

  #text(at) {
    const [data, size] = new Uint32Array(this.#exports.memory.buffer, at, 2);
    return Buffer.from(this.#exports.memory.buffer, data, size).toString();
  }

  #withBytes(buffers, use) {
    const places = buffers.map((buffer) => this.#exports.cg_encoder_alloc(Math.max(buffer.length, 1)));
    buffers.forEach((buffer, i) => new Uint8Array(this.#exports.memory.buffer, places[i], buffer.length).set(buffer));
    try {
      return use(places);
    } finally {
      places.forEach((place) => this.#exports.cg_encoder_free(place));
    }
  }

  // Room for `count` results of two words.
  #out(count, use) {
    return this.#withBytes(Array.from({ length: count }, () => new Uint8Array(8)), use);
  }

  #check(status) {
    if (status === 0) return;
    const message = this.#out(1, ([text]) => {
      this.#exports.cg_encoder_error(this.#encoder, text);
      return this.#text(text);
    });
    throw Object.assign(new Error(message), { status });
  }
}
