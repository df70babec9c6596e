/** The bundle's root: which languages there are and what their lists are called. */
import { SearchError } from '../protocol/error.js';
import type { LanguageInfo } from '../protocol/types.js';

const FORMAT = 1;

/** No file of a bundle inflates to more (core/format/list.h, kRawBytesMax). */
export const RAW_BYTES_MAX = 16 << 20;

export interface ManifestList {
  /** Its file's name. */
  readonly list: string;
  /** Bytes of its content, inflated. */
  readonly raw: number;
  /** Of its content, in hexadecimal digits. */
  readonly sha256: string;
}

export interface ManifestLanguage extends LanguageInfo, ManifestList {}

/** A list of vectors; `model`: whose they are. */
export interface ManifestVectors extends ManifestList {
  readonly model: string;
}

export interface Manifest {
  readonly languages: readonly ManifestLanguage[];
  /** Pages, translations counted once. */
  readonly groups: number;
  /** As they came: who reads them checks them. */
  readonly vectors: readonly Partial<ManifestVectors>[];
  /** As it came, to tell one deploy from the next. */
  readonly text: string;
}

/** A name that stays inside the bundle's folder. */
export function isFileName(name: unknown): name is string {
  return typeof name === 'string' && /^[\w-]+(\.\w+)+$/.test(name);
}

/** An entry that says what its file is called and holds. */
export function isList(value: unknown): value is ManifestList {
  const entry = value as Partial<ManifestList> | null | undefined;
  return isFileName(entry?.list) && typeof entry?.raw === 'number' && entry.raw <= RAW_BYTES_MAX
    && typeof entry.sha256 === 'string';
}

export function isLanguage(value: unknown): value is ManifestLanguage {
  const entry = value as Partial<ManifestLanguage> | null;
  return typeof entry?.lang === 'string' && typeof entry.pages === 'number' && isList(entry);
}

/** @throws {SearchError} 'corrupt' | 'version'. */
export function parseManifest(text: string): Manifest {
  let parsed: { format?: unknown; languages?: unknown; groups?: unknown; vectors?: Manifest['vectors'] } | null;
  try {
    parsed = JSON.parse(text) as typeof parsed;
  } catch (error) {
    throw new SearchError('corrupt', 'The search manifest is not JSON', { cause: error });
  }
  if (typeof parsed?.format === 'number' && parsed.format !== FORMAT) {
    throw new SearchError('version', `The search index has format ${parsed.format}, this page reads ${FORMAT}`);
  }
  const languages = parsed?.languages;
  if (parsed?.format !== FORMAT || !Array.isArray(languages) || !languages.every(isLanguage)) {
    throw new SearchError('corrupt', 'The search manifest is broken');
  }
  return { languages, groups: Number(parsed.groups) || 0, vectors: [parsed.vectors ?? []].flat(), text };
}
