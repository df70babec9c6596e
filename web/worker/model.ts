/** model.json, the root of a model pack (core/format/MODEL.md): which files there are, what a text gets in front. */
import { SearchError } from '../protocol/error.js';
import { hasHash } from './hash.js';

const FORMAT = 1;
const FAMILY = 'bert';

/** A file of the pack; `sha256` is that of its inflated content of `raw` bytes. */
export interface ModelFile {
  readonly name: string;
  readonly size: number;
  readonly raw: number;
  readonly sha256: string;
}

export type TokenizerKind = 'unigram' | 'wordpiece';

export interface Model {
  /** Packs of one id give the same vectors. */
  readonly id: string;
  readonly name: string;
  readonly hidden: number;
  readonly positions: number;
  readonly pooling: 'mean' | 'first';
  readonly prefixes: { readonly query: string; readonly passage: string };
  readonly tokenizer: ModelFile & { readonly kind: TokenizerKind };
  /** In the order in which the core takes them. */
  readonly encoder: readonly ModelFile[];
  readonly rows: ModelFile;
}

/** What a bundle calls this model's vectors (core/build/model/vector_identity.h): pack, arithmetic, rules of passages. */
export function vectorIdentity({ id }: Model): string {
  return `${id}-${VECTOR_FORMAT}-${PASSAGE_RULES}`;
}

/** kVectorFormat of core/embed/encoder.h and kPassageRules of core/build/passages.h: a test compares them. */
export const VECTOR_FORMAT = 1;
export const PASSAGE_RULES = 'p2';

/** No file of a pack inflates to more (core/embed/pack_header.h, kPackRawBytesMax). */
const RAW_BYTES_MAX = 16 << 20;
const ENCODER_FILES_MAX = 64;
/** More dimensions or positions than any model has; the core checks what it is given against its own limits. */
const COUNT_MAX = 65_536;

function isFile(value: unknown): value is ModelFile {
  const file = value as Partial<ModelFile> | null;
  return typeof file?.sha256 === 'string' && /^[0-9a-f]{64}$/.test(file.sha256)
    && file.name === `${file.sha256.slice(0, 16)}.cgm`
    && Number.isInteger(file.size) && file.size! > 0 && file.size! <= 2 * RAW_BYTES_MAX
    && Number.isInteger(file.raw) && file.raw! >= 0 && file.raw! <= RAW_BYTES_MAX;
}

function isCount(value: unknown): boolean {
  return Number.isInteger(value) && (value as number) > 0 && (value as number) <= COUNT_MAX;
}

function isModel(value: object): value is Model {
  const model = value as Partial<Model>;
  return typeof model.id === 'string' && typeof model.name === 'string'
    && isCount(model.hidden) && isCount(model.positions)
    && (model.pooling === 'mean' || model.pooling === 'first')
    && typeof model.prefixes?.query === 'string' && typeof model.prefixes.passage === 'string'
    && isFile(model.tokenizer) && (model.tokenizer.kind === 'unigram' || model.tokenizer.kind === 'wordpiece')
    && isFile(model.rows) && Array.isArray(model.encoder)
    && model.encoder.length >= 2 && model.encoder.length <= ENCODER_FILES_MAX && model.encoder.every(isFile);
}

/** @throws {SearchError} 'corrupt' | 'version' | 'input': a model of another family. */
export function parseModel(text: string): Model {
  let parsed: { format?: unknown; family?: unknown } | null;
  try {
    parsed = JSON.parse(text) as typeof parsed;
  } catch (error) {
    throw new SearchError('corrupt', 'model.json is not JSON, or cut off', { cause: error });
  }
  if (typeof parsed?.format === 'number' && parsed.format !== FORMAT) {
    throw new SearchError('version', `The model has format ${parsed.format}, this page reads ${FORMAT}`);
  }
  if (typeof parsed?.family === 'string' && parsed.family !== FAMILY) {
    throw new SearchError('input', `The model is of family "${parsed.family}", this page runs "${FAMILY}"`);
  }
  if (parsed?.format !== FORMAT || !isModel(parsed)) throw new SearchError('corrupt', 'model.json is broken');
  return parsed;
}

/** The bytes of a hash that isFile() has let through. */
export function hashBytes(hex: string): Uint8Array {
  return Uint8Array.from(hex.match(/../g)!, (digits) => Number.parseInt(digits, 16));
}

/**
 * Lets the browser hash a file's content: a fifth of the work of loading a model. Gives the hash that is still to be
 * checked, where the browser has no such function; undefined: all is well.
 * @throws {SearchError} 'corrupt'.
 */
export async function checkHash(content: Uint8Array<ArrayBuffer>, file: ModelFile): Promise<Uint8Array | undefined> {
  const same = await hasHash(content, file.sha256);
  if (same === undefined) return hashBytes(file.sha256);
  if (same) return undefined;
  throw new SearchError('corrupt', `${file.name} is not the file that model.json names`);
}
