/** The cache of vectors on disk; core/build/model/vector_cache.h says what it holds, and what its hosts keep to. */
import {
  closeSync, constants, ftruncateSync, mkdirSync, openSync, readSync, renameSync, rmSync, writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { CommandError, exitInput } from '../errors.js';

const kPieceBytes = 1 << 20;
/** Every write goes to the end, whoever else writes. */
const kAppend = constants.O_RDWR | constants.O_APPEND | constants.O_CREAT;

/** The folder that `--cache` means; '' where nothing is kept. */
export function cacheFolder(named: string): string {
  if (named === 'none') return '';
  if (named !== '') return named;
  const { XDG_CACHE_HOME: user, HOME: home } = process.env;
  return user ? join(user, 'crossglot') : home ? join(home, '.cache/crossglot') : '';
}

export class VectorFile {
  /** Bytes that were read. */
  private size = 0;

  private constructor(private readonly path: string, private file: number) {}

  /** Makes the folder of `path`. @throws {CommandError} as when nothing can be written there. */
  static open(path: string): VectorFile {
    return told(path, () => {
      mkdirSync(dirname(path), { recursive: true });
      return new VectorFile(path, openSync(path, kAppend));
    });
  }

  /** Gives the file's bytes to `take`, in pieces. */
  read(take: (piece: Uint8Array) => void): void {
    told(this.path, () => {
      const piece = new Uint8Array(kPieceBytes);
      for (let size; (size = readSync(this.file, piece, 0, piece.length, this.size)) > 0; this.size += size) {
        take(piece.subarray(0, size));
      }
    });
  }

  /** Makes it ready for records: `good` bytes of it stay; where none do, it begins anew with `header`. */
  keep(good: number, header: Uint8Array): void {
    told(this.path, () => {
      if (good === 0) this.beginAnew(header);
      else if (good < this.size) ftruncateSync(this.file, good);
    });
  }

  /** @throws {CommandError} as when the disk is full. */
  append(records: Uint8Array): void {
    told(this.path, () => writeAll(this.file, records));
  }

  close(): void {
    closeSync(this.file);
  }

  /** Beside, then renamed: of two runs that begin at once one keeps its records, and neither breaks the file. */
  private beginAnew(header: Uint8Array): void {
    const beside = `${this.path}.${process.pid}`;
    const file = openSync(beside, kAppend | constants.O_TRUNC);
    closeSync(this.file);
    this.file = file;
    try {
      writeAll(file, header);
      renameSync(beside, this.path);
    } catch (error) {
      rmSync(beside, { force: true });
      throw error;
    }
  }
}

function writeAll(file: number, bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length;) done += writeSync(file, bytes, done);
}

function told<T>(path: string, use: () => T): T {
  try {
    return use();
  } catch (error) {
    if (error instanceof CommandError) throw error;
    const { message } = error as Error;
    throw new CommandError(exitInput, `cache of vectors ${path}: ${message}; --cache none does without`);
  }
}
