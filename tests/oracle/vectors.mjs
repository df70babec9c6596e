// A second reader of lists of vectors and their shards, written from core/format/FORMAT.md alone.
//   node vectors.mjs FOLDER   prints a bundle's vectors as lines; vector_dump prints the same from the core's readers.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { check, checkVersion, openFile, Reader, readFiles, readPart, Run } from './bundle.mjs';

const ROWS_MAX = 2 ** 22;

function floats(reader, count) {
  const numbers = [];
  for (let i = 0; i < count; ++i) {
    const x = reader.take(4).readFloatLE();
    check(Number.isFinite(x), 'a number that is not finite');
    numbers.push(x);
  }
  return numbers;
}

/** A float32 as its eight digits. */
function bits(x) {
  const bytes = Buffer.alloc(4);
  bytes.writeFloatBE(x);
  return bytes.toString('hex');
}

/** Where each owner's things begin, and the end. */
function begins(stream, owners, least) {
  const begin = [0];
  for (let i = 0; i < owners; ++i) {
    begin.push(begin.at(-1) + stream.varint() + least);
    check(begin.at(-1) <= ROWS_MAX, 'too many rows');
  }
  stream.finish();
  return begin;
}

function readExceptions(stream, groupBegin) {
  const exceptions = new Map();
  const run = new Run();
  while (stream.rest() > 0) {
    const group = run.add(stream.varint());
    check(group + 1 < groupBegin.length, 'a group beyond the last');
    exceptions.set(group, Array.from({ length: groupBegin[group + 1] - groupBegin[group] }, () => stream.varint() - 1));
  }
  return exceptions;
}

function readLanguage(reader, dimensions, groupBegin) {
  const lang = reader.string().toString();
  const source = reader.u8();
  check(source <= 2, 'an unknown source');
  return {
    lang,
    source,
    passages: reader.varint(),
    queries: reader.varint(),
    passageMean: floats(reader, dimensions),
    queryMean: floats(reader, dimensions),
    exceptions: readExceptions(reader.stream(), groupBegin),
  };
}

function readRowShards(reader, rows, mayLack) {
  const run = new Run();
  const shards = Array.from({ length: reader.varint() }, () => ({
    first: run.add(reader.varint()), part: readPart(reader) }));
  check(shards.length > 0 ? shards[0].first === 0 : mayLack || rows === 0, 'rows without a shard');
  shards.forEach((shard, i) => (shard.rows = (shards[i + 1]?.first ?? rows) - shard.first));
  for (const { rows: count } of shards) check(count > 0, 'a shard without rows');
  return shards;
}

/** Names that do not ascend are an error. */
function ascending(names) {
  const bytes = names.map((name) => Buffer.from(name));
  bytes.forEach((name, i) => check(i === 0 || Buffer.compare(bytes[i - 1], name) < 0, 'names out of order'));
}

export function readVectorList(bytes) {
  const reader = new Reader(bytes);
  check(reader.take(4).equals(Buffer.from([0xc6, 0x43, 0x47, 0x56])), 'not a list of vectors');
  checkVersion(reader.u8());
  const model = reader.string().toString();
  const dimensions = reader.varint();
  check(dimensions > 0 && dimensions <= 4096, 'dimensions');
  const files = readFiles(reader);
  const groups = reader.varint();
  const groupBegin = begins(reader.stream(), groups, 0);
  const unitBegin = begins(reader.stream(), groupBegin.at(-1), 1);
  const rows = unitBegin.at(-1);
  const languages = Array.from({ length: reader.varint() }, () => readLanguage(reader, dimensions, groupBegin));
  ascending(languages.map(({ lang }) => lang));
  const shards = readRowShards(reader, rows, false);
  const bitShards = readRowShards(reader, rows, true);
  const heldOut = Array.from({ length: reader.varint() }, () => ({
    lang: reader.string().toString(), shards: readRowShards(reader, rows, false) }));
  ascending(heldOut.map(({ lang }) => lang));
  const inline = reader.string();
  reader.finish();
  return { model, dimensions, files, groupBegin, unitBegin, languages, shards, bitShards, heldOut, inline };
}

function header(reader, kind) {
  check(reader.u8() === kind.charCodeAt(0), 'another kind of part');
  checkVersion(reader.u8());
}

/** Rows of { scale, numbers }, numbers from -7 to 7 (or -8). */
export function readVectors(bytes, rows, dimensions) {
  const reader = new Reader(bytes);
  header(reader, 'V');
  const scales = floats(reader, rows);
  for (const scale of scales) check(scale >= 0 && scale <= 1, 'a scale that is not between 0 and 1');
  const read = scales.map((scale) => {
    const stored = reader.take(64 * Math.ceil(dimensions / 128));
    const half = (i) => {
      const byte = stored[Math.floor(i / 128) * 64 + (i % 64)];
      return i % 128 < 64 ? byte % 16 : Math.floor(byte / 16);
    };
    return { scale, numbers: Array.from({ length: dimensions }, (_, i) => half(i) - 8) };
  });
  reader.finish();
  return read;
}

/** Rows of 0 and 1. */
export function readBits(bytes, rows, dimensions) {
  const reader = new Reader(bytes);
  header(reader, 'B');
  const read = Array.from({ length: rows }, () => {
    const stored = reader.take(8 * Math.ceil(dimensions / 64));
    return Array.from({ length: dimensions }, (_, i) => Math.floor(stored[Math.floor(i / 8)] / 2 ** (i % 8)) % 2);
  });
  reader.finish();
  return read;
}

export function* dumpVectors(folder) {
  const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'));
  for (const entry of manifest.vectors ?? []) {
    check(entry.list === `${entry.sha256.slice(0, 16)}.cgv`, 'a list of another name');
    const list = readVectorList(openFile(folder, entry.list, entry.sha256, entry.raw));
    const contents = list.files.map((file) => openFile(folder, file.name, file.hash, file.raw));
    const bytes = ({ file, begin, size }) =>
      (file === 0 ? list.inline : contents[file - 1]).subarray(begin, begin + size);
    yield `vectors ${list.model} ${list.dimensions}`;
    yield `groups ${list.groupBegin.join(',')}`;
    yield `units ${list.unitBegin.join(',')}`;
    for (const { lang, source, passages, queries, passageMean, queryMean, exceptions } of list.languages) {
      yield `language ${lang} ${source} ${passages} ${queries}`;
      yield `means ${[...passageMean, ...queryMean].map(bits).join(',')}`;
      for (const [group, sections] of exceptions) yield `exception ${group} ${sections.join(',')}`;
    }
    for (const [lang, shards] of [['', list.shards], ...list.heldOut.map((it) => [it.lang, it.shards])]) {
      for (const { first, rows, part } of shards) {
        yield `shard ${lang} ${first}`;
        for (const { scale, numbers } of readVectors(bytes(part), rows, list.dimensions)) {
          yield `row ${bits(scale)} ${numbers.join(',')}`;
        }
      }
    }
    for (const { first, rows, part } of list.bitShards) {
      yield `bits ${first}`;
      for (const row of readBits(bytes(part), rows, list.dimensions)) yield row.join('');
    }
  }
}

if (process.argv[1] === import.meta.filename) {
  for (const line of dumpVectors(process.argv[2])) console.log(line);
}
