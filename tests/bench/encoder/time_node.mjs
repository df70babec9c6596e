// node time_node.mjs WASM_FOLDER PACK SECONDS: timeInTurns of the modules that this Node knows, as JSON.
import fs from 'node:fs';
import path from 'node:path';

import { EncoderModule, readFolder } from '../../embed/encoder_module.mjs';
import { prepareModule, timeInTurns } from './timing.mjs';

const [folder, pack, seconds] = process.argv.slice(2);
const engines = [];
for (const name of ['crossglot-encoder-relaxed.wasm', 'crossglot-encoder.wasm']) {
  const wasm = fs.readFileSync(path.join(folder, name));
  if (WebAssembly.validate(wasm)) engines.push(await prepareModule(EncoderModule, wasm, await readFolder(pack)));
}
const reports = await timeInTurns(engines, Number(seconds));
console.log(JSON.stringify(reports.map((report) => ({ ...report, node: process.versions.node }))));
