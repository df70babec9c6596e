/** What the main thread and the indexing threads say to each other. */
import type { AnalyseReport } from './core/core.js';
import type { ExtractOptions } from './extract/extract.js';
import type { SiteFile } from './site/files.js';
import type { PageDecision, PageFacts } from './site/plan.js';

/** What a thread is started with. */
export interface ThreadSetup {
  /** The compiled core; absent where nothing is analysed (--check). */
  module: WebAssembly.Module | null;
  site: string;
  extract: ExtractOptions;
  /** For threads that encode: the encoder's compiled module, and the folder of the model pack. */
  encoder?: { module: WebAssembly.Module; pack: string };
}

export type Request =
  /** Read and extract files; the thread keeps the pages under the chunk's number. */
  | { kind: 'extract'; chunk: number; files: SiteFile[] }
  /** Write the kept pages of a chunk as documents and analyse them. */
  | { kind: 'analyse'; chunk: number; decisions: (PageDecision | null)[]; wantText: boolean }
  /** Analyse whole lines of a documents.jsonl. */
  | { kind: 'lines'; chunk: number; text: Uint8Array; fileName: string; firstLine: number; keepGoing: boolean }
  /** Encode texts, prefixes included. */
  | { kind: 'encode'; chunk: number; texts: Uint8Array[] };

export type Answer =
  | { kind: 'extracted'; chunk: number; facts: PageFacts[] }
  | { kind: 'analysed'; chunk: number; segment: Uint8Array; report: AnalyseReport; text: string }
  /** int8 [texts][dimensions]. */
  | { kind: 'encoded'; chunk: number; vectors: Uint8Array }
  /** A sentence when the input is at fault, else with a stack. */
  | { kind: 'failed'; chunk: number; message: string; input: boolean };
