/**
 * An indexing thread: extracts files and analyses documents with an instance of the core of its own, or encodes texts
 * with an encoder of its own.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { Core, type Builder } from './core/core.js';
import { PackEncoder } from './core/encoder.js';
import { CommandError } from './errors.js';
import { extractPage } from './extract/extract.js';
import { guessLanguage } from './extract/language.js';
import { lineHash } from './extract/line_hash.js';
import type { ExtractedPage } from './extract/page.js';
import type { Answer, Request, ThreadSetup } from './messages.js';
import { documentLine } from './site/documents.js';
import type { SiteFile } from './site/files.js';
import type { PageDecision, PageFacts } from './site/plan.js';

const setup = workerData as ThreadSetup;
const builder: Builder | null = setup.module ? new Core(setup.module).newBuilder() : null;
const encoder = setup.encoder ? PackEncoder.open(setup.encoder.module, setup.encoder.pack) : null;
// Told to whoever asks for vectors.
encoder?.catch(() => undefined);
const kept = new Map<number, { files: SiteFile[]; pages: ExtractedPage[] }>();

function factsOf(page: ExtractedPage): PageFacts {
  const lines: number[] = [];
  for (const { text } of page.sections) {
    for (const line of text.split('\n')) {
      const hash = lineHash(line);
      if (hash !== null) lines.push(hash);
    }
  }
  const sample = (): string => page.sections.map(({ heading, text }) => `${heading}\n${text}`).join('\n');
  return {
    lang: page.lang,
    guessedLang: page.lang === '' ? guessLanguage(sample()) : '',
    contentLang: page.contentLang,
    title: page.title,
    h1: page.h1,
    canonical: page.canonical,
    alternates: page.alternates,
    noindex: page.noindex,
    redirect: page.redirect,
    marked: page.marked,
    empty: page.sections.length === 0,
    brokenText: page.brokenText,
    sections: page.sections.length,
    lines: Uint32Array.from(lines),
  };
}

function extract(chunk: number, files: SiteFile[]): Answer {
  const pages = files.map(({ path, url }) => extractPage(readFileSync(join(setup.site, path)), url, setup.extract));
  const facts = pages.map(factsOf);
  kept.set(chunk, { files, pages });
  return { kind: 'extracted', chunk, facts };
}

function analyse(chunk: number, decisions: readonly (PageDecision | null)[], wantText: boolean): Answer {
  const { files, pages } = kept.get(chunk)!;
  kept.delete(chunk);
  let text = '';
  decisions.forEach((decision, i) => {
    if (decision) text += `${documentLine(pages[i]!, files[i]!.url, decision)}\n`;
  });
  const { segment, report } = builder!.analyse(text, files[0]?.path ?? '', 1, false);
  return { kind: 'analysed', chunk, segment, report, text: wantText ? text : '' };
}

async function encode(chunk: number, texts: readonly Uint8Array[]): Promise<Answer> {
  const ready = await encoder!;
  const vectors = new Uint8Array(texts.length * ready.dimensions);
  texts.forEach((text, i) => vectors.set(ready.encode(text), i * ready.dimensions));
  return { kind: 'encoded', chunk, vectors };
}

function answer(request: Request): Answer | Promise<Answer> {
  switch (request.kind) {
    case 'extract':
      return extract(request.chunk, request.files);
    case 'analyse':
      return analyse(request.chunk, request.decisions, request.wantText);
    case 'lines': {
      const { chunk, text, fileName, firstLine, keepGoing } = request;
      return { kind: 'analysed', chunk, ...builder!.analyse(text, fileName, firstLine, keepGoing), text: '' };
    }
    case 'encode':
      return encode(request.chunk, request.texts);
  }
}

parentPort!.on('message', async (request: Request) => {
  let reply: Answer;
  try {
    reply = await answer(request);
  } catch (error) {
    const input = error instanceof CommandError || 'code' in (error as object);
    const message = input ? (error as Error).message : String((error as Error).stack);
    reply = { kind: 'failed', chunk: request.chunk, message, input };
  }
  parentPort!.postMessage(reply, reply.kind === 'analysed' ? [reply.segment.buffer as ArrayBuffer] : []);
});
