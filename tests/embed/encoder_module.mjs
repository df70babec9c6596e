// The encoder's wasm modules over a model pack, for tests and benches: in Node and in a page.

// Nothing but a clock and writing is ever asked for, and neither while encoding.
const host = (module) => Object.fromEntries(WebAssembly.Module.imports(module).map(({ module: from }) => [from,
  new Proxy({}, { get: () => () => 0 })]));

const fromHex = (hex) => Uint8Array.from(hex.match(/../g), (byte) => parseInt(byte, 16));
const utf8 = new TextEncoder();

// A `read` for create() in Node: inflated content of a folder's files.
export async function readFolder(folder) {
  const [{ readFileSync }, { join }, { gunzipSync }] =
    await Promise.all([import('node:fs'), import('node:path'), import('node:zlib')]);
  return (name) => {
    const bytes = readFileSync(join(folder, name));
    return name.endsWith('.json') ? bytes : gunzipSync(bytes);
  };
}

// The same in a page, of a folder's address.
export const readAddress = (base) => async (name) => {
  const { body } = await fetch(base + name);
  const stream = name.endsWith('.json') ? body : body.pipeThrough(new DecompressionStream('gzip'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
};

export class EncoderModule {
  #exports;
  #encoder;
  #read;
  #names = [];

  // wasm: bytes of the module. read: the inflated content of the pack's files by name. All but pages are attached.
  static async create(wasm, read, piecesMax = 512) {
    const module = await WebAssembly.compile(wasm);
    const { exports } = await WebAssembly.instantiate(module, host(module));
    exports._initialize?.();
    const self = new EncoderModule(exports, read, piecesMax);
    const description = JSON.parse(new TextDecoder().decode(await read('model.json')));
    const files = [description.tokenizer, description.rows, ...description.encoder];
    const contents = await Promise.all(files.map(({ name }) => read(name)));
    const begin = performance.now();
    contents.forEach((content, i) => {
      const add = ['cg_encoder_add_tokenizer', 'cg_encoder_add_rows'][i] ?? 'cg_encoder_add_layers';
      self.#withBytes([content, fromHex(files[i].sha256)],
        ([at, hash]) => self.#check(exports[add](self.#encoder, at, content.length, hash)));
    });
    self.createMs = performance.now() - begin;
    const count = exports.cg_encoder_page_count(self.#encoder);
    for (let page = 0; page < count; ++page) {
      self.#names.push(self.#out(([text]) => {
        exports.cg_encoder_page_file(self.#encoder, page, text);
        return self.#text(text);
      }));
    }
    return self;
  }

  constructor(exports, read, piecesMax) {
    this.#exports = exports;
    this.#read = read;
    this.#encoder = exports.cg_encoder_new(piecesMax);
  }

  get kernels() {
    return this.#out(([text]) => {
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
  async fetchPages(text) {
    const pages = this.#numbers('cg_encoder_needs', text);
    for (const page of pages) {
      const content = await this.#read(this.#names[page]);
      this.#withBytes([content], ([at]) =>
        this.#check(this.#exports.cg_encoder_add_page(this.#encoder, page, at, content.length)));
    }
    return pages.length;
  }

  // { vector: Float32Array, bytes: Int8Array }, copies.
  encode(text) {
    const bytes = utf8.encode(text);
    return this.#withBytes([bytes], ([at]) => this.#out(([out]) => {
      this.#check(this.#exports.cg_encode(this.#encoder, at, bytes.length, out, out + 4));
      const [vector, int8] = new Uint32Array(this.#exports.memory.buffer, out, 2);
      const size = this.#exports.cg_encoder_dimensions(this.#encoder);
      return {
        vector: new Float32Array(this.#exports.memory.buffer, vector, size).slice(),
        bytes: new Int8Array(this.#exports.memory.buffer, int8, size).slice(),
      };
    }));
  }

  #numbers(call, text) {
    const bytes = utf8.encode(text);
    return this.#withBytes([bytes], ([at]) => this.#out(([out]) => {
      this.#check(this.#exports[call](this.#encoder, at, bytes.length, out));
      const [data, size] = new Uint32Array(this.#exports.memory.buffer, out, 2);
      return [...new Uint32Array(this.#exports.memory.buffer, data, size)];
    }));
  }

  #text(at) {
    const [data, size] = new Uint32Array(this.#exports.memory.buffer, at, 2);
    return new TextDecoder().decode(new Uint8Array(this.#exports.memory.buffer, data, size).slice());
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

  // Room for a result of two words.
  #out(use) {
    return this.#withBytes([new Uint8Array(8)], use);
  }

  #check(status) {
    if (status === 0) return;
    const message = this.#out(([text]) => {
      this.#exports.cg_encoder_error(this.#encoder, text);
      return this.#text(text);
    });
    throw Object.assign(new Error(message), { status });
  }
}
