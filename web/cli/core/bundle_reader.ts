/** A bundle's folder on disk, searched through the core: what the worker does in a browser. */
import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { CommandError, exitInput } from '../errors.js';
import { primaryLanguage } from '../extract/language.js';
import type { SearchResults } from '../../protocol/types.js';
import { isFileName, isLanguage, isList, type ManifestList, RAW_BYTES_MAX } from '../../worker/manifest.js';
import { Core, type Index } from './core.js';

/** The answer as the core gives it (core/search/json.cpp), with the files that it lacks. */
export type CoreAnswer = Omit<SearchResults, 'tiers' | 'complete'> & { readonly needs: readonly string[] };

export interface ManifestLanguage {
  lang: string;
  dir: string;
  pages: number;
  sections: number;
  list: string;
  size: number;
  raw: number;
  sha256: string;
}

/** An entry as it came: who reads it checks it. */
type ManifestVectors = Partial<ManifestList & { model: string; rows: number }> | null;

export interface Manifest {
  format: number;
  generator: string;
  groups: number;
  languages: ManifestLanguage[];
  /** One entry a model; absent where there are none. */
  vectors?: ManifestVectors[];
  files: number;
  bytes: number;
}

export interface Request {
  query: string;
  lang: string;
  /** Empty: the reader's language first, others where it has too little. */
  in: readonly string[];
  limit: number;
  sections?: number;
  collapse?: boolean;
  sectionLevel?: boolean;
  prefix?: boolean;
  text?: boolean;
  /** By words alone where there is no vector. */
  mode?: string;
  vector?: Int8Array;
}

const kFormat = 1;
/** Rounds of needs and attach: term shards, page shards, word list, corrections' shards, and some to spare. */
const kRoundsMax = 8;

export class BundleReader {
  readonly manifest: Manifest;
  private readonly index: Index;
  private readonly loaded = new Set<string>();

  /** @throws {CommandError} when the folder is no bundle, or of another format. */
  constructor(private readonly folder: string, module: WebAssembly.Module) {
    const path = join(folder, 'manifest.json');
    let text: string;
    try {
      text = readFileSync(path, 'utf8');
    } catch {
      throw new CommandError(exitInput, `${folder}: there is no index here (no manifest.json)`);
    }
    try {
      this.manifest = JSON.parse(text) as Manifest;
    } catch {
      throw new CommandError(exitInput, `${path}: is not JSON`);
    }
    const { format, languages, vectors = [] } = this.manifest ?? {};
    if (typeof format === 'number' && format !== kFormat) {
      throw new CommandError(exitInput, `${path}: format ${format}, this program reads ${kFormat}`);
    }
    if (format !== kFormat || !Array.isArray(languages) || !languages.every(isLanguage) || !Array.isArray(vectors)) {
      throw new CommandError(exitInput, `${path}: does not describe an index`);
    }
    this.index = new Core(module).newIndex();
  }

  /** The bundle's tags for "fr,de" or "all" (empty); a primary tag stands for all its regions. */
  languages(list: string): string[] {
    const all = this.manifest.languages.map(({ lang }) => lang);
    if (list === '' || list === 'all') return all;
    return list.split(',').flatMap((tag) => {
      const exact = all.filter((lang) => lang.toLowerCase() === tag.toLowerCase());
      const found = exact.length > 0 ? exact : all.filter((lang) => primaryLanguage(lang) === primaryLanguage(tag));
      if (found.length > 0) return found;
      throw new CommandError(exitInput, `the index has no language ${tag}; it has ${all.join(', ')}`);
    });
  }

  /** English where the bundle has it, else its first language. */
  defaultLanguage(): string {
    const all = this.manifest.languages.map(({ lang }) => lang);
    return all.find((lang) => primaryLanguage(lang) === 'en') ?? all[0] ?? '';
  }

  addLanguages(tags: readonly string[]): void {
    for (const language of this.manifest.languages) {
      const { lang, list } = language;
      if (!tags.includes(lang) || this.loaded.has(list)) continue;
      this.named(list, () => this.index.addLanguage(this.readList(language)));
      this.loaded.add(list);
    }
  }

  /**
   * Makes the bundle's vectors ready for queries that `model` encodes (EmbedPlan.model).
   * @throws {CommandError} when it has none, or those of another model.
   */
  addVectors(model: string): void {
    const all = this.manifest.vectors ?? [];
    if (all.length === 0) throw new CommandError(exitInput, `${this.folder}: the index was made without a model`);
    const vectors = all.find((entry) => entry?.model === model);
    if (vectors && !isList(vectors)) {
      throw new CommandError(exitInput, `${this.folder}: manifest.json describes its vectors wrongly`);
    }
    if (vectors) this.named(vectors.list, () => this.index.addVectors(this.readList(vectors)));
    if (vectors && this.index.vectorModel() === model) return;
    const other = 'are of another model, or of another version of it';
    throw new CommandError(exitInput, `--model: the vectors of ${this.folder} ${other}`);
  }

  /** The whole answer: attaches what it needs. */
  search(request: Request): CoreAnswer {
    const text = requestText(request);
    for (let round = 0;; round++) {
      const answer = JSON.parse(this.index.search(text)) as CoreAnswer;
      if (answer.needs.length === 0 || round === kRoundsMax) return answer;
      for (const name of answer.needs) this.named(name, () => this.index.attach(name, this.read(name)));
    }
  }

  size(name: string): number {
    return statSync(join(this.folder, name)).size;
  }

  private readList({ list, raw, sha256 }: ManifestList): Uint8Array {
    const content = this.read(list, raw);
    if (createHash('sha256').update(content).digest('hex') === sha256) return content;
    throw new CommandError(exitInput, `${join(this.folder, list)}: is not the file that manifest.json names`);
  }

  private read(name: string, rawMax = RAW_BYTES_MAX): Uint8Array {
    if (!isFileName(name)) throw new CommandError(exitInput, `${this.folder}: the index names a file outside of it`);
    const path = join(this.folder, name);
    let stored: Uint8Array;
    try {
      stored = readFileSync(path);
    } catch {
      throw new CommandError(exitInput, `${path}: the index names this file, but it is not there`);
    }
    try {
      return gunzipSync(stored, { maxOutputLength: Math.max(1, rawMax) });
    } catch {
      throw new CommandError(exitInput, `${path}: is damaged (not a whole gzip file, or of more than ${rawMax} bytes)`);
    }
  }

  /** Errors of the core speak of a file's content; this adds which file. */
  private named(name: string, use: () => void): void {
    try {
      use();
    } catch (error) {
      const path = join(this.folder, name);
      if (!(error instanceof CommandError) || error.message.startsWith(path)) throw error;
      throw new CommandError(error.exitCode, `${path}: ${error.message}`);
    }
  }
}

function requestText(request: Request): string {
  const escape = (value: string): string => value.replaceAll('\\', '\\\\').replaceAll('\n', '\\n');
  const flag = (value: boolean | undefined, key: string): string[] =>
    value === undefined ? [] : [`${key}=${value ? 1 : 0}`];
  return [
    `query=${escape(request.query)}`,
    `lang=${escape(request.lang)}`,
    ...(request.in.length > 0 ? [`in=${request.in.join(',')}`] : []),
    `limit=${request.limit}`,
    ...(request.sections === undefined ? [] : [`sections=${request.sections}`]),
    ...flag(request.collapse, 'collapse'),
    ...flag(request.sectionLevel, 'section_level'),
    ...flag(request.prefix, 'prefix'),
    ...flag(request.text, 'text'),
    ...(request.vector ? [`mode=${request.mode}`, `vector=${Buffer.from(request.vector).toString('hex')}`] : []),
  ].join('\n');
}
