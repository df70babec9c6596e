// node time_node.mjs WASM_FOLDER PACK SECONDS: timeModule of the modules that this Node knows, as JSON.
import fs from 'node:fs';
import path from 'node:path';

import { EncoderModule, readFolder } from '../../embed/encoder_module.mjs';
import { timeModule } from './timing.mjs';

const [folder, pack, seconds] = process.argv.slice(2);
const out = [];
for (const name of ['crossglot-encoder-relaxed.wasm', 'crossglot-encoder.wasm']) {
  const wasm = fs.readFileSync(path.join(folder, name));
  if (!WebAssembly.validate(wasm)) continue;
  const times = await timeModule(EncoderModule, wasm, await readFolder(pack), Number(seconds));
  out.push({ ...times, node: process.versions.node });
}
console.log(JSON.stringify(out));
