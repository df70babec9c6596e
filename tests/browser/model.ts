/**
 * A model of a few kilobytes for the encoder's suites: a Hugging Face folder that the native command imports. Its
 * pieces are the letters of twelve languages, so that texts in any of them have pieces, on a page of rows a script.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeModelFolder } from '../command/model_folder.mjs';
import { addPages, index, temporaryFolder } from './harness.js';

const command = process.env['CROSSGLOT_COMMAND']
  ?? fileURLToPath(new URL('../../build/native/crossglot', import.meta.url));

/** One text a language. */
export const TEXTS: Readonly<Record<string, string>> = {
  en: 'How do I change the keyboard layout?',
  de: 'Wie ändere ich die Größe des Fensters?',
  fr: 'Où trouver les paramètres d’impression ?',
  es: '¿Cómo puedo cambiar la contraseña?',
  ru: 'Как изменить язык интерфейса?',
  el: 'Πώς αλλάζω τη γλώσσα;',
  ar: 'كيف أغير لغة الواجهة؟',
  hi: 'मैं भाषा कैसे बदलूँ?',
  th: 'เปลี่ยนภาษาได้อย่างไร',
  ja: '言語を変更するにはどうすればよいですか',
  zh: '如何更改界面语言？',
  ko: '언어를 어떻게 변경하나요?',
};

function lettersOf(texts: readonly string[]): string[] {
  const all = [...texts.join('').normalize('NFD').toLowerCase()];
  const letters = new Set(all.filter((letter) => /[^\s\p{Mn}]/u.test(letter)));
  return [...letters].sort().flatMap((letter) => [letter, `##${letter}`]);
}

/** Weights as a trained model has them, about: small ones in matrices, norms around 1. */
function weightOf(name: string, i: number, begin: number, seed: number): number {
  const wave = Math.sin((i + 1) * 12.9898 + begin * 0.618 + seed) * 43758.5453;
  const random = wave - Math.floor(wave) - 0.5;
  return name.includes('LayerNorm.weight') ? 1 + random / 5 : random / (name.includes('embeddings') ? 1 : 2.5);
}

export function crossglot(args: readonly string[], input = ''): Buffer {
  if (!existsSync(command)) throw new Error(`${command} is not built: set CROSSGLOT_COMMAND`);
  const { status, stdout, stderr } = spawnSync(command, args, { input, maxBuffer: 1 << 28 });
  if (status !== 0) throw new Error(String(stderr));
  return stdout;
}

/** Writes a pack into `folder`: another model, with other files, for each `seed`. */
export function writePack(folder: string, seed = 0): string {
  const pieces = lettersOf([...Object.values(TEXTS), 'query: passage: abcdefghijklmnopqrstuvwxyz']);
  const card = { name: 'letters', license: 'MIT', prefixes: { query: 'query: ', passage: 'passage: ' } };
  const source = writeModelFolder(join(temporaryFolder(), 'source'), {
    card, pieces, weightOf: (name: string, i: number, begin: number) => weightOf(name, i, begin, seed),
  });
  crossglot(['model', 'import', source, '--out', folder]);
  return folder;
}

/** What the native command gives for texts, each on a line. */
export function nativeVectors(pack: string, texts: readonly string[], kind: 'query' | 'passage'): Float32Array[] {
  const bytes = crossglot(['embed', '--model', pack, `--${kind}`], `${texts.join('\n')}\n`);
  const all = new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
  const size = all.length / texts.length;
  return texts.map((_, i) => all.slice(i * size, (i + 1) * size));
}

export function nativeBytes(pack: string, texts: readonly string[], kind: 'query' | 'passage'): Int8Array[] {
  const bytes = crossglot(['embed', '--model', pack, `--${kind}`, '--format', 'int8'], `${texts.join('\n')}\n`);
  const size = bytes.length / texts.length;
  return texts.map((_, i) => Int8Array.from(bytes.subarray(i * size, (i + 1) * size), (x) => (x << 24) >> 24));
}

/**
 * Indexes the HTML below `folder` with vectors of `pack`, which the bundle gets beside it. The native command makes
 * them: bundles are the same bytes.
 */
export function indexWithVectors(folder: string, pack: string): void {
  const documents = join(temporaryFolder(), 'documents.jsonl');
  index(folder, '--documents', documents);
  const bundle = join(folder, 'crossglot');
  crossglot(['index', '--documents', documents, '--out', bundle, '--model', pack, '--cache', 'none']);
  rmSync(join(bundle, 'model'), { recursive: true, force: true });
  cpSync(pack, join(bundle, 'model'), { recursive: true });
  addPages(folder);
}

/** The folder of the default encoder where `./dev model` has put it; undefined where it has not. */
export function realPack(): string | undefined {
  const folder = fileURLToPath(new URL('../../.cache/model/e5-small', import.meta.url));
  return existsSync(join(folder, 'model.json')) ? folder : undefined;
}
