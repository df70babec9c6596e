// node wasm_bench.mjs WASM PACK [SECONDS]: the numbers of encoder_bench for a wasm module in this Node; a JSON line.
import { EncoderModule } from '../../embed/encoder_module.mjs';

const [wasm, pack, seconds = '2'] = process.argv.slice(2);
const words = ['Wo', 'finde', 'ich', 'settings', 'pour', 'changer', 'язык', '文書', 'de', 'la', 'page', 'والطباعة'];
const some = (count, seed) => Array.from({ length: count }, (_, i) => words[(i * 7 + seed * 5) % words.length]).join(' ');

function fastest(encoder, text, limit) {
  encoder.fetchPages(text);
  let best = Infinity;
  for (const end = performance.now() + limit * 1000; performance.now() < end;) {
    const begin = performance.now();
    encoder.encode(text);
    best = Math.min(best, performance.now() - begin);
  }
  return best;
}

const encoder = await EncoderModule.create(wasm, pack, 128);
// The longest text of at most 16 pieces, and one that is cut at 128.
let query = '';
for (let n = 1; encoder.pieces(`query: ${some(n, 1)}`).length <= 16; ++n) query = `query: ${some(n, 1)}`;
const passage = `passage: ${some(200, 2)}`;
const queryMs = fastest(encoder, query, seconds / 2);
const passageMs = fastest(encoder, passage, Number(seconds));
console.log(JSON.stringify({
  variant: encoder.kernels, node: process.version, pieces: [encoder.pieces(query).length, encoder.pieces(passage).length],
  passages_a_second: +(1000 / passageMs).toFixed(1), query_ms: +queryMs.toFixed(2),
  create_ms: Math.round(encoder.createMs), memory_mb: Math.round(encoder.memoryBytes / 1e5) / 10,
}));
