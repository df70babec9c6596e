/** Sites made on the spot, and the command as its users run it: web/dist/cli.js in a process of its own. */
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll } from 'vitest';

export const cli = fileURLToPath(new URL('../../web/dist/cli.js', import.meta.url));

const made: string[] = [];
afterAll(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
});

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'crossglot-test-'));
  made.push(folder);
  return folder;
}

/** Vectors of tests are no business of the user's cache. */
process.env['XDG_CACHE_HOME'] = mkdtempSync(join(tmpdir(), 'crossglot-test-cache-'));
made.push(process.env['XDG_CACHE_HOME']);

/** A folder with these files; content by path. */
export function site(files: Record<string, string | Uint8Array>): string {
  const folder = temporaryFolder();
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return folder;
}

/** A whole page around `body`. */
export function page(lang: string, title: string, body: string, head = ''): string {
  return `<!DOCTYPE html><html${lang === '' ? '' : ` lang="${lang}"`}><head><title>${title}</title>${head}</head>`
    + `<body><main>${body}</main></body></html>`;
}

export interface Ran {
  code: number | null;
  out: string;
  err: string;
}

export function run(...args: string[]): Ran {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], { encoding: 'utf8' });
  return { code: status, out: stdout, err: stderr };
}

/** Starts the command and kills it as soon as `when` holds. */
export function runAndKill(args: readonly string[], when: () => boolean): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [cli, ...args], { stdio: 'ignore' });
    const watch = setInterval(() => {
      try {
        if (when()) child.kill('SIGKILL');
      } catch (error) {
        child.kill('SIGKILL');
        reject(error);
      }
    }, 2);
    child.on('exit', (code) => {
      clearInterval(watch);
      resolve({ code, out: '', err: '' });
    });
  });
}

export interface Document {
  url: string;
  lang: string;
  title: string;
  group: string;
  weight?: number;
  dir?: string;
  sections: { anchor: string; level?: number; heading: string; text: string; code?: string;
    spans?: [number, number, string][] }[];
  filters?: Record<string, string[]>;
}

/** Indexes a site and returns its documents by address, and what the command said. */
export function documentsOf(files: Record<string, string | Uint8Array>, ...flags: string[]):
    { documents: Map<string, Document>; ran: Ran; folder: string } {
  const folder = site(files);
  const file = join(temporaryFolder(), 'documents.jsonl');
  const ran = run('--site', folder, '--documents', file, ...flags);
  const lines = ran.code === 0 ? readFileSync(file, 'utf8').split('\n').filter((line) => line !== '') : [];
  const documents = lines.map((line) => JSON.parse(line) as Document);
  return { documents: new Map(documents.map((document) => [document.url, document])), ran, folder };
}

/** Names and bytes of the index's files in a bundle's folder. */
export function bundleFiles(folder: string): Map<string, Buffer> {
  return new Map(readdirSync(folder).filter((name) => /^manifest\.json$|\.cg[ltv]$/.test(name)).sort()
    .map((name) => [name, readFileSync(join(folder, name))]));
}
