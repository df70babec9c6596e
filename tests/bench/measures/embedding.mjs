// Indexing the demo's LibreOffice Help, five languages, with vectors: all of it natively into an empty cache, then
// after an edit of ten pages, natively and by the Node command. Takes a quarter of an hour and more: `vectors --full` alone.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { documentsOf } from '../../../examples/demo/paths.mjs';
import { modelFolder } from '../../../examples/demo/vectors.mjs';
import { kRepository } from '../lib/corpus.mjs';
import { measureProcess } from '../lib/process.mjs';
import { megabytes, seconds, table } from '../lib/table.mjs';

const kEditedPages = 10;
const kCli = path.join(kRepository, 'web/dist/cli.js');
const kTarget_s = { all: 15 * 60, edited: 30 };

// Ten pages, at equal distances over all, say something new at their end.
function edit(lines, words) {
  const step = Math.floor(lines.length / kEditedPages);
  return lines.map((line, i) => {
    if (i % step !== 0 || i / step >= kEditedPages) return line;
    const page = JSON.parse(line);
    page.sections.at(-1).text += `\n${words} ${i}.`;
    return JSON.stringify(page);
  });
}

// Bytes of all files of a folder: a cache's grow by what is encoded.
function folderBytes(folder) {
  if (!fs.existsSync(folder)) return 0;
  return fs.readdirSync(folder).reduce((sum, name) => sum + fs.statSync(path.join(folder, name)).size, 0);
}

export async function embedding() {
  const native = process.env.CROSSGLOT_COMMAND;
  execFileSync(process.execPath, [path.join(kRepository, 'examples/demo/run.mjs'), '--prepare'], { stdio: 'pipe' });
  const model = modelFolder();
  const { hidden } = JSON.parse(fs.readFileSync(path.join(model, 'model.json'), 'utf8'));
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'crossglot-bench-'));
  try {
    const cache = path.join(folder, 'cache');
    const lines = fs.readFileSync(documentsOf('libreoffice'), 'utf8').trimEnd().split('\n');
    const rows = [];
    const measure = async (what, content, target_s, command, first) => {
      const file = path.join(folder, 'documents.jsonl');
      fs.writeFileSync(file, `${content.join('\n')}\n`);
      const before = folderBytes(cache);
      const { ms, peak_bytes } = await measureProcess(command, [...first, 'index', '--documents', file,
        '--out', path.join(folder, 'out'), '--model', model, '--cache', cache]);
      const encoded = Math.floor((folderBytes(cache) - before) / (hidden + 20));
      rows.push({ what, encoded, ms, peak_bytes, target_s });
    };
    await measure('all, natively', lines, kTarget_s.all, native, []);
    await measure('ten pages edited, natively', edit(lines, 'The first edit'), kTarget_s.edited, native, []);
    await measure('ten others, by npx', edit(lines, 'Another edit'), kTarget_s.edited, process.execPath, [kCli]);
    return rows;
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

export function embeddingTable(rows) {
  return table(['LibreOffice Help with vectors, five languages', 'texts encoded', 'time', 'target', 'peak memory'],
    rows.map(({ what, encoded, ms, peak_bytes, target_s }) => [
      what, encoded.toLocaleString('en'), seconds(ms), seconds(1000 * target_s), megabytes(peak_bytes),
    ]));
}
