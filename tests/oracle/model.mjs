// A second reader of model packs, written from core/format/MODEL.md alone: plain, slow, and strict.
// Depends on nothing but Node. Throws an Error for everything that a reader must reject.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

const RAW_BYTES_MAX = 16777216;
const BLOCK = 32;
const LIMITS = { layers: 48, hidden: 1024, heads: 64, feedForward: 8192, positions: 8192, pieces: 1048576 };

function check(condition, message) {
  if (!condition) throw new Error(message);
}

function halfToFloat(bits) {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  check(exponent !== 31, 'a half that is not finite');
  return sign * (exponent === 0 ? fraction * 2 ** -24 : (1024 + fraction) * 2 ** (exponent - 25));
}

class Reader {
  constructor(bytes) {
    this.bytes = bytes;
    this.at = 0;
  }
  take(size) {
    check(this.at + size <= this.bytes.length, 'cut off');
    this.at += size;
    return this.bytes.subarray(this.at - size, this.at);
  }
  u8() {
    return this.take(1)[0];
  }
  varint() {
    let value = 0;
    for (let i = 0; i < 10; ++i) {
      const byte = this.u8();
      value += (byte & 0x7f) * 2 ** (7 * i);
      if (byte < 0x80) return value;
    }
    throw new Error('a varint is too long');
  }
  string() {
    return this.take(this.varint()).toString('utf8');
  }
  float() {
    const value = this.take(4).readFloatLE();
    check(Number.isFinite(value), 'a float that is not finite');
    return value;
  }
  floats(count) {
    return Array.from({ length: count }, () => this.float());
  }
  header(kind) {
    check(this.take(4).equals(Buffer.from([0xc6, 0x43, 0x47, 0x4d])), 'another magic');
    check(this.u8() === 1, 'another version');
    check(this.u8() === kind.charCodeAt(0), 'another kind');
  }
  /** Rows of weights, as numbers. */
  matrix(rows, columns) {
    const encoding = this.u8();
    check(encoding <= 1, 'another encoding');
    const blocks = (rows * columns) / BLOCK;
    const scales = Array.from({ length: blocks }, () => halfToFloat(this.take(2).readUInt16LE()));
    const weights = Array.from({ length: rows }, () => new Float64Array(columns));
    for (let block = 0; block < blocks; ++block) {
      const codes = this.take(encoding === 0 ? BLOCK / 2 : BLOCK);
      for (let i = 0; i < BLOCK; ++i) {
        const nibble = i < BLOCK / 2 ? codes[i] & 15 : codes[i - BLOCK / 2] >> 4;
        const at = block * BLOCK + i;
        weights[Math.floor(at / columns)][at % columns] = scales[block] * (encoding === 0 ? nibble - 8 : codes.readInt8(i));
      }
    }
    return { weights, scales, encoding };
  }
  linear(rows, columns) {
    return { ...this.matrix(rows, columns), bias: this.floats(rows) };
  }
  norm(size) {
    return { scale: this.floats(size), shift: this.floats(size) };
  }
  end() {
    check(this.at === this.bytes.length, 'too long');
  }
}

function readContent(folder, { name, size, raw, sha256 }) {
  check(/^[0-9a-f]{64}$/.test(sha256) && name === `${sha256.slice(0, 16)}.cgm`, 'a name that is not its content');
  const stored = readFileSync(join(folder, name));
  check(stored.length === size && raw <= RAW_BYTES_MAX, `${name}: another size`);
  const content = gunzipSync(stored, { maxOutputLength: RAW_BYTES_MAX });
  check(content.length === raw, `${name}: another raw size`);
  check(createHash('sha256').update(content).digest('hex') === sha256, `${name}: another content`);
  return content;
}

function readShape(reader, description) {
  reader.header('E');
  const pooling = ['mean', 'first'][reader.u8()];
  const shape = { pooling };
  for (const field of ['layers', 'hidden', 'heads', 'feedForward', 'positions', 'pieces']) {
    shape[field] = reader.varint();
    check(shape[field] > 0 && shape[field] <= LIMITS[field], `impossible ${field}`);
    check(shape[field] === description[field], `model.json has other ${field}`);
  }
  check(pooling !== undefined && pooling === description.pooling, 'model.json has another pooling');
  check(shape.hidden % BLOCK === 0 && shape.feedForward % BLOCK === 0 && shape.hidden % shape.heads === 0, 'shape');
  shape.epsilon = reader.float();
  check(shape.epsilon > 0 && shape.epsilon < 1 && shape.epsilon === description.epsilon, 'epsilon');
  return shape;
}

function readEncoder(folder, description) {
  const [first, ...others] = description.encoder;
  const head = new Reader(readContent(folder, first));
  const shape = readShape(head, description);
  const { hidden, feedForward } = shape;
  const encoder = { shape, type: head.floats(hidden), norm: head.norm(hidden), layers: [] };
  encoder.positions = head.matrix(shape.positions, hidden);
  head.end();
  for (const file of others) {
    const reader = new Reader(readContent(folder, file));
    reader.header('L');
    check(reader.varint() === encoder.layers.length, 'layers that are not the next ones');
    for (let count = reader.varint(); count > 0; --count) {
      encoder.layers.push({
        query: reader.linear(hidden, hidden),
        key: reader.linear(hidden, hidden),
        value: reader.linear(hidden, hidden),
        attentionOutput: reader.linear(hidden, hidden),
        attentionNorm: reader.norm(hidden),
        feedForward: reader.linear(feedForward, hidden),
        output: reader.linear(hidden, feedForward),
        outputNorm: reader.norm(hidden),
      });
    }
    reader.end();
  }
  check(encoder.layers.length === shape.layers, 'another number of layers');
  return encoder;
}

/** Rows by piece; undefined where the page is not in the folder. */
function readRows(folder, description) {
  const reader = new Reader(readContent(folder, description.rows));
  reader.header('R');
  const pieces = reader.varint();
  const hidden = reader.varint();
  check(pieces === description.pieces && hidden === description.hidden, 'a table of another model');
  const groups = Array.from({ length: reader.varint() }, () => ({ label: reader.string(), pages: reader.varint(), of: [] }));
  for (const group of groups) {
    group.pages = Array.from({ length: group.pages }, () => {
      const page = { rows: reader.varint(), size: reader.varint(), raw: reader.varint() };
      page.sha256 = reader.take(32).toString('hex');
      return page;
    });
  }
  for (let piece = 0; piece < pieces; ++piece) {
    const group = groups[reader.u8()];
    check(group !== undefined, 'a group that is not there');
    group.of.push(piece);
  }
  reader.end();
  const rows = Array.from({ length: pieces });
  let present = 0;
  for (const group of groups) {
    let next = 0;
    for (const { rows: count, size, raw, sha256 } of group.pages) {
      const members = group.of.slice(next, (next += count));
      check(members.length === count, 'a page with more rows than pieces');
      if (size === 0) continue;
      ++present;
      const page = new Reader(readContent(folder, { name: `${sha256.slice(0, 16)}.cgm`, size, raw, sha256 }));
      page.header('V');
      const { weights } = page.matrix(count, hidden);
      page.end();
      members.forEach((piece, i) => (rows[piece] = weights[i]));
    }
    check(next === group.of.length, 'pieces without a row');
  }
  check(present === description.rows.pages, 'another number of pages');
  return { rows, groups: groups.map(({ label, of }) => ({ label, pieces: of })) };
}

/** Everything in a pack but the tokenizer's inside. */
export function readModel(folder) {
  const description = JSON.parse(readFileSync(join(folder, 'model.json'), 'utf8'));
  check(description.format === 1, 'another format');
  check(description.family === 'bert', 'another family');
  const tokenizer = readContent(folder, description.tokenizer);
  check(tokenizer.subarray(0, 4).toString('latin1') === 'CGTK', 'another tokenizer');
  return { description, encoder: readEncoder(folder, description), ...readRows(folder, description) };
}
