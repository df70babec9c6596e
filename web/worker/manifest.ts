/** The bundle's root: which languages there are and what their lists are called. */
import { SearchError } from '../protocol/error.js';
import type { LanguageInfo } from '../protocol/types.js';

const FORMAT = 1;

export interface ManifestLanguage extends LanguageInfo {
  /** File name of the language's list. */
  readonly list: string;
  /** Bytes of the list when inflated. */
  readonly raw: number;
}

/** A list of vectors; `model`: whose they are. */
export interface ManifestVectors extends Pick<ManifestLanguage, 'list' | 'raw'> {
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

function isLanguage(value: unknown): value is ManifestLanguage {
  const entry = value as Partial<ManifestLanguage> | null;
  return typeof entry?.lang === 'string' && typeof entry.pages === 'number' && isFileName(entry.list)
    && typeof entry.raw === 'number';
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
