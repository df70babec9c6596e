// A second reader of bundles, written from core/format/FORMAT.md alone: plain, slow, and strict.
// Depends on nothing but Node. Throws an Error for everything that a reader must reject.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

const RAW_BYTES_MAX = 16 * 1024 * 1024;
const STRING_BYTES_MAX = 4096;
const VERSION = 1;

export function check(condition, message) {
  if (!condition) throw new Error(message);
}

/** Reads values from a Buffer and refuses to leave it. */
export class Reader {
  constructor(bytes) {
    this.bytes = bytes;
    this.at = 0;
  }
  u8() {
    check(this.at < this.bytes.length, 'cut off');
    return this.bytes[this.at++];
  }
  varint() {
    let value = 0;
    for (let i = 0; i < 10; ++i) {
      const byte = this.u8();
      value += (byte & 0x7f) * 2 ** (7 * i);
      if (byte < 0x80) {
        check(value < 2 ** 32, 'a number of 2^32 or more');
        return value;
      }
    }
    throw new Error('a varint of more than 10 bytes');
  }
  take(size) {
    check(size <= this.bytes.length - this.at, 'cut off');
    this.at += size;
    return this.bytes.subarray(this.at - size, this.at);
  }
  stream() {
    return new Reader(this.take(this.varint()));
  }
  string() {
    return this.stream().bytes;
  }
  until(end) {
    const found = this.bytes.indexOf(end, this.at);
    check(found >= 0, 'a string without its end');
    const text = this.bytes.subarray(this.at, found);
    this.at = found + 1;
    return text;
  }
  rest() {
    return this.bytes.length - this.at;
  }
  finish() {
    check(this.rest() === 0, 'more bytes than values');
  }
}

/** Turns gaps into an ascending run. */
export class Run {
  next = 0;
  add(gap) {
    this.next += gap;
    return this.next++;
  }
}

/** The three streams of a sorted run of strings. */
class Strings {
  constructor(reader) {
    this.cut = reader.stream();
    this.size = reader.stream();
    this.bytes = reader.stream();
  }
  next(reference) {
    const cut = this.cut.varint();
    check(cut <= reference.length, 'a string cut by more than its reference has');
    const text = Buffer.concat([reference.subarray(0, reference.length - cut), this.bytes.take(this.size.varint())]);
    check(text.length <= STRING_BYTES_MAX, 'a string that is too long');
    return text;
  }
  finish() {
    for (const stream of [this.cut, this.size, this.bytes]) stream.finish();
  }
}

const signed = (value) => (value % 2 === 0 ? value / 2 : -(value + 1) / 2);

export function checkVersion(version) {
  check(version <= VERSION, 'too new');
  check(version >= VERSION, 'too old');
}

function header(reader, kind) {
  check(reader.u8() === kind.charCodeAt(0), `not a part of kind ${kind}`);
  checkVersion(reader.u8());
}

export function readPart(reader) {
  const size = reader.varint();
  if (size === 0) return { size: 0 };
  const file = reader.varint();
  return { size, file, begin: reader.varint() };
}

export function readFiles(reader) {
  const times = (count, read) => Array.from({ length: count }, read);
  const files = reader.varint();
  check(files <= reader.rest(), 'cut off');
  const stored = times(files, () => reader.varint());
  const raw = times(files, () => reader.varint());
  return times(files, (_, i) => {
    const hash = reader.take(16).toString('hex');
    check(raw[i] <= RAW_BYTES_MAX, 'a file that is too large');
    return { name: `${hash.slice(0, 16)}.cgt`, hash, stored: stored[i], raw: raw[i] };
  });
}

export function readList(bytes) {
  const reader = new Reader(bytes);
  check(reader.take(4).equals(Buffer.from([0xc6, 0x43, 0x47, 0x4c])), 'not a list');
  checkVersion(reader.u8());
  const flags = reader.u8();
  check(flags <= 3, 'unknown flags');
  const list = { stemmed: (flags & 1) !== 0, dir: flags & 2 ? 'rtl' : 'ltr', lang: reader.string().toString() };
  list.sectionCount = reader.varint();
  list.groupCount = reader.varint();
  list.averageLength = reader.varint() / 256;
  list.k1 = reader.varint() / 1000;

  list.files = readFiles(reader);
  list.termShards = readTermShards(reader);
  list.common = readTermShards(reader);
  list.pageShards = readPageShards(reader);
  list.tailShards = readPageShards(reader);
  list.words = readPart(reader);
  list.filters = readPart(reader);
  list.lengths = readPart(reader);
  readDictionaryTable(reader, list);
  readPageTable(reader, list);
  list.inline = reader.stream().bytes;
  reader.finish();
  checkParts(list);
  return list;
}

function readTermShards(reader) {
  const count = reader.varint();
  check(count <= reader.rest(), 'cut off');
  const shards = Array.from({ length: count }, () => ({
    firstStem: reader.string(),
    terms: readPart(reader),
    positions: readPart(reader),
  }));
  shards.forEach((shard, i) => {
    check(shard.terms.size > 0, 'a shard without bytes');
    check(i === 0 || Buffer.compare(shards[i - 1].firstStem, shard.firstStem) < 0, 'shards out of order');
  });
  return shards;
}

function readPageShards(reader) {
  const count = reader.varint();
  check(count <= reader.rest(), 'cut off');
  const first = new Run();
  return Array.from({ length: count }, () => ({ firstPage: first.add(reader.varint()), part: readPart(reader) }));
}

function readDictionaryTable(reader, list) {
  const count = reader.varint();
  list.dictionaries = [];
  for (let i = 0; i < count; ++i) {
    const dictionary = { lang: reader.string(), fold: reader.varint(), shards: [] };
    const last = list.dictionaries.at(-1);
    check(!last || (Buffer.compare(last.lang, dictionary.lang) || last.fold - dictionary.fold) < 0,
      'dictionaries out of order');
    for (let left = reader.varint(); left > 0; --left) {
      const shard = { firstStem: reader.string(), part: readPart(reader) };
      const before = dictionary.shards.at(-1);
      check(shard.part.size > 0, 'a shard without bytes');
      check(!before || Buffer.compare(before.firstStem, shard.firstStem) < 0, 'shards out of order');
      dictionary.shards.push(shard);
    }
    list.dictionaries.push(dictionary);
  }
}

function readPageTable(reader, list) {
  const count = reader.varint();
  const [sections, groups, weights, lengths] = [reader.stream(), reader.stream(), reader.stream(), reader.stream()];
  const weighted = weights.bytes.length > 0;
  check(count === lengths.bytes.length, 'a page table of uneven columns');
  const group = new Run();
  let first = 0;
  list.pages = [];
  for (let i = 0; i < count; ++i) {
    const page = { first, sections: sections.varint(), group: group.add(groups.varint()) };
    check(page.sections > 0, 'a page without sections');
    check(page.group < list.groupCount, 'a group beyond the last');
    first += page.sections;
    page.weight = weighted ? weights.u8() : 0;
    page.length = lengths.u8();
    list.pages.push(page);
  }
  for (const column of [sections, groups, weights, lengths]) column.finish();
  check(first === list.sectionCount, 'pages whose sections are not the list\'s');
}

function checkParts(list) {
  const parts = [...list.termShards, ...list.common].flatMap((shard) => [shard.terms, shard.positions]);
  for (const shards of [list.pageShards, list.tailShards]) {
    for (const shard of shards) {
      check(shard.part.size > 0, 'a shard without bytes');
      check(shard.firstPage < list.pages.length, 'a page shard beyond the last page');
      parts.push(shard.part);
    }
    check(shards.length === 0 || shards[0].firstPage === 0, 'page shards that begin late');
  }
  check((list.pages.length > 0) === (list.pageShards.length > 0), 'pages without shards');
  for (const dictionary of list.dictionaries) parts.push(...dictionary.shards.map((shard) => shard.part));
  for (const part of [...parts, list.words, list.filters, list.lengths]) {
    if (part.size === 0) continue;
    check(part.file <= list.files.length, 'a part of no file');
    const limit = part.file === 0 ? list.inline.length : list.files[part.file - 1].raw;
    check(part.begin + part.size <= limit, 'a part outside its file');
  }
}

/** Groups of {stem, pages, terms: [{surface, flags, pages, postings: [{section, code}]}]}. */
export function readTerms(bytes, sectionCount) {
  const reader = new Reader(bytes);
  header(reader, 'T');
  const count = reader.varint();
  const [sizes, groupPages, flags, counts, pages] = Array.from({ length: 5 }, () => reader.stream());
  const stems = new Strings(reader);
  const surfaces = new Strings(reader);
  const [gaps, codes] = [reader.stream(), reader.stream()];
  reader.finish();
  const groups = [];
  let stem = Buffer.alloc(0);
  for (let i = 0; i < count; ++i) {
    const last = stem;
    stem = stems.next(stem);
    check(i === 0 || Buffer.compare(last, stem) < 0, 'stems out of order');
    const group = { stem, terms: [] };
    let surface = stem;
    const size = sizes.varint();
    check(size > 0, 'a group without surfaces');
    for (let k = 0; k < size; ++k) {
      const before = surface;
      surface = surfaces.next(surface);
      check(k === 0 || Buffer.compare(before, surface) < 0, 'surfaces out of order');
      const term = { surface, flags: flags.u8(), postings: [] };
      const postings = counts.varint();
      term.pages = postings + signed(pages.varint());
      check(postings > 0 && term.pages > 0, 'a surface without postings or pages');
      const run = new Run();
      for (let m = 0; m < postings; ++m) {
        const section = run.add(gaps.varint());
        check(section < sectionCount, 'a section beyond the last');
        term.postings.push({ section, code: codes.u8() });
      }
      group.terms.push(term);
    }
    group.pages = groupPages.varint() + Math.max(...group.terms.map((term) => term.pages));
    groups.push(group);
  }
  for (const stream of [sizes, groupPages, flags, counts, pages, stems, surfaces, gaps, codes]) stream.finish();
  return groups;
}

/** For each posting of the shard, in order, its positions. */
export function readPositions(bytes, postings) {
  const reader = new Reader(bytes);
  header(reader, 'O');
  const [counts, gaps] = [reader.stream(), reader.stream()];
  reader.finish();
  const positions = [];
  const last = new Map();
  for (const { code } of postings) {
    let count = ((last.get(code) ?? 0) + counts.u8()) % 256;
    last.set(code, count);
    if (count === 255) {
      count = gaps.varint();
      check(count >= 255, 'a large number that is small');
    }
    const run = new Run();
    positions.push(Array.from({ length: count }, () => run.add(gaps.varint())));
  }
  counts.finish();
  gaps.finish();
  return positions;
}

export function readPages(bytes) {
  const reader = new Reader(bytes);
  header(reader, 'G');
  const count = reader.varint();
  const [numbers, addresses, text] = [reader.stream(), reader.stream(), reader.stream()];
  reader.finish();
  const address = () => addresses.until(0xff).toString();
  const words = () => text.until(0xff).toString();
  const pages = [];
  for (let i = 0; i < count; ++i) {
    const flags = numbers.u8();
    check(flags <= 3 && (i > 0 || !(flags & 1)), 'unknown flags');
    const url = addresses.until(0xff);
    const tail = numbers.varint();
    check(tail <= url.length + 1, 'a group longer than its address');
    const page = { url: url.toString() };
    page.group = tail > 0 ? url.subarray(url.length - (tail - 1)).toString() : address();
    page.lang = flags & 1 ? pages[i - 1].lang : address();
    page.dir = flags & 2 ? 'rtl' : 'ltr';
    page.title = words();
    const sections = numbers.varint();
    check(sections > 0, 'a page without sections');
    page.sections = Array.from({ length: sections }, () => {
      const level = numbers.u8();
      return {
        level: level % 128, goesOn: level >= 128, anchor: address(), heading: words(), text: words(), code: words(),
      };
    });
    pages.push(page);
  }
  for (const stream of [numbers, addresses, text]) stream.finish();
  return pages;
}

/** The rest of each of a tail shard's sections. */
export function readTails(bytes, sectionCount) {
  const reader = new Reader(bytes);
  header(reader, 'H');
  const [addresses, text] = [reader.stream(), reader.stream()];
  reader.finish();
  const string = (stream) => stream.until(0xff).toString();
  const tails = Array.from({ length: sectionCount }, () => (
    { anchor: string(addresses), text: string(text), code: string(text) }));
  for (const stream of [addresses, text]) stream.finish();
  return tails;
}

export function readWords(bytes) {
  const reader = new Reader(bytes);
  header(reader, 'W');
  const count = reader.varint();
  const codes = reader.stream();
  const strings = new Strings(reader);
  reader.finish();
  const words = [];
  let word = Buffer.alloc(0);
  for (let i = 0; i < count; ++i) {
    const last = word;
    word = strings.next(word);
    check(i === 0 || Buffer.compare(last, word) < 0, 'words out of order');
    const code = codes.u8();
    check(code <= 60, 'no such frequency');
    words.push({ word, pages: code === 0 ? 1 : (2 + ((code - 1) % 2)) * 2 ** Math.floor((code - 1) / 2) });
  }
  codes.finish();
  strings.finish();
  return words;
}

/** [{source, translations: [{target, code}]}]. */
export function readDictionary(bytes) {
  const reader = new Reader(bytes);
  header(reader, 'D');
  const counts = reader.stream();
  const strings = (count) => {
    const texts = new Strings(reader);
    const read = [];
    for (let i = 0; i < count; ++i) {
      const text = texts.next(read.at(-1) ?? Buffer.alloc(0));
      check(i === 0 || Buffer.compare(read.at(-1), text) < 0, 'words out of order');
      read.push(text);
    }
    texts.finish();
    return read;
  };
  const sources = strings(counts.bytes.length);
  const targets = strings(reader.varint());
  const [numbers, codes] = [reader.stream(), reader.stream()];
  reader.finish();
  const entries = sources.map((source) => {
    const entry = { source, translations: [] };
    for (let left = counts.u8(); left > 0; --left) {
      const [number, code] = [numbers.varint(), codes.u8()];
      check(number < targets.length && code > 0, 'no such translation');
      entry.translations.push({ target: targets[number], code });
    }
    check(entry.translations.length > 0, 'a source without translations');
    return entry;
  });
  numbers.finish();
  codes.finish();
  return entries;
}

/** Of every section, the code of its length. */
export function readLengths(bytes, sectionCount) {
  const reader = new Reader(bytes);
  header(reader, 'L');
  const codes = reader.string();
  reader.finish();
  check(codes.length === sectionCount, 'lengths of other sections');
  return [...codes];
}

export function readFilters(bytes, pageCount) {
  const reader = new Reader(bytes);
  header(reader, 'F');
  const values = [];
  const count = reader.varint();
  for (let i = 0; i < count; ++i) {
    const entry = { key: reader.string(), value: reader.string(), pages: [] };
    const last = values.at(-1);
    check(!last || (Buffer.compare(last.key, entry.key) || Buffer.compare(last.value, entry.value)) < 0,
      'filters out of order');
    const run = new Run();
    for (let left = reader.varint(); left > 0; --left) {
      const page = run.add(reader.varint());
      check(page < pageCount, 'a page beyond the last');
      entry.pages.push(page);
    }
    values.push(entry);
  }
  reader.finish();
  return values;
}

export function openFile(folder, name, hash, raw) {
  const content = gunzipSync(readFileSync(join(folder, name)), { maxOutputLength: RAW_BYTES_MAX });
  check(content.length === raw, `${name}: not its size`);
  check(createHash('sha256').update(content).digest('hex').startsWith(hash), `${name}: not its hash`);
  return content;
}

/** The whole bundle in a folder: one object a language, everything read. */
export function readBundle(folder) {
  const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'));
  checkVersion(manifest.format);
  return manifest.languages.map((entry) => {
    check(entry.list === `${entry.sha256.slice(0, 16)}.cgl`, 'a list of another name');
    const list = readList(openFile(folder, entry.list, entry.sha256, entry.raw));
    const contents = list.files.map((file) => openFile(folder, file.name, file.hash, file.raw));
    const bytes = (part) =>
      (part.file === 0 ? list.inline : contents[part.file - 1]).subarray(part.begin, part.begin + part.size);
    const terms = [...list.termShards, ...list.common].map((shard) => {
      const groups = readTerms(bytes(shard.terms), list.sectionCount);
      const postings = groups.flatMap((group) => group.terms.flatMap((term) => term.postings));
      if (shard.positions.size > 0) {
        const places = readPositions(bytes(shard.positions), postings);
        places.forEach((positions, i) => (postings[i].positions = positions));
      }
      return groups;
    });
    return {
      list,
      terms,
      pages: list.pageShards.flatMap((shard) => readPages(bytes(shard.part))),
      tails: list.tailShards.flatMap((shard, i) => {
        const covered = list.pages.slice(shard.firstPage, list.tailShards[i + 1]?.firstPage);
        return readTails(bytes(shard.part), covered.reduce((sum, page) => sum + page.sections, 0));
      }),
      words: list.words.size > 0 ? readWords(bytes(list.words)) : [],
      lengths: list.lengths.size > 0 ? readLengths(bytes(list.lengths), list.sectionCount) : [],
      dictionaries: list.dictionaries.map(({ lang, fold, shards }) => ({
        lang, fold, entries: shards.flatMap((shard) => readDictionary(bytes(shard.part))),
      })),
      filters: list.filters.size > 0 ? readFilters(bytes(list.filters), list.pages.length) : [],
    };
  });
}
