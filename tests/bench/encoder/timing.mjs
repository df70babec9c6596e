// How a text's encoding is timed, the same in Node and in a page, ours and the peers'.

const kWords = 'Wo finde ich settings pour changer язык 文書 de la page والطباعة'.split(' ');
const words = (count) => Array.from({ length: count }, (_, i) => kWords[(i * 7 + 5) % kWords.length]).join(' ');

// A query of at most 16 pieces and a passage of at most 128, each as long as it gets. `encoder` reads more than those.
export function texts(encoder) {
  const longest = (prefix, most) => {
    let text = prefix;
    for (let n = 1; ; ++n) {
      const next = `${prefix}${words(n)}`;
      const { length } = encoder.pieces(next);
      if (length <= most) text = next;
      if (length >= most) return text;
    }
  };
  return { query: longest('query: ', 16), passage: longest('passage: ', 128) };
}

// Milliseconds of the fastest call in `seconds`: other programs of the machine only ever add. `call` may be async.
export async function fastest(call, seconds) {
  let best = Infinity;
  for (const end = performance.now() + 1000 * seconds; performance.now() < end;) {
    const begin = performance.now();
    await call();
    best = Math.min(best, performance.now() - begin);
  }
  return best;
}

const kRounds = 4;

// Times of engines that prepareModule and prepareOnnx gave, in turns: what else the machine does meets all of them.
export async function timeInTurns(engines, seconds) {
  for (let round = 0; round < kRounds; ++round) {
    for (const { report, calls } of engines) {
      for (const [kind, call] of Object.entries(calls)) {
        const name = `${kind}_ms`;
        report[name] = Math.min(report[name] ?? Infinity, await fastest(call, seconds / kRounds));
      }
    }
  }
  return engines.map(({ report }) => report);
}

// Our module on both texts, with the pieces that it finds.
export async function prepareModule(EncoderModule, wasm, read) {
  const encoder = await EncoderModule.create(wasm, read, 160);
  const { query, passage } = texts(encoder);
  await encoder.fetchPages(query);
  await encoder.fetchPages(passage);
  return {
    report: {
      name: encoder.kernels, create_ms: encoder.createMs, memory_bytes: encoder.memoryBytes,
      texts: { query, passage },
      pieces: { query: encoder.pieces(query), passage: encoder.pieces(passage) },
      vectors: { query: [...encoder.encode(query).vector], passage: [...encoder.encode(passage).vector] },
    },
    calls: { query: () => encoder.encode(query), passage: () => encoder.encode(passage) },
  };
}

// ONNX Runtime, on the pieces that ours found. `ort` is its module, `model` a path or bytes.
export async function prepareOnnx(ort, model, pieces) {
  const session = await ort.InferenceSession.create(model, {
    intraOpNumThreads: 1, interOpNumThreads: 1, executionMode: 'sequential', graphOptimizationLevel: 'all',
  });
  const run = async (ids) => {
    const tensor = (values) => new ort.Tensor('int64', BigInt64Array.from(values, BigInt), [1, values.length]);
    const { sentence_embedding: out } =
      await session.run({ input_ids: tensor(ids), attention_mask: tensor(ids.map(() => 1)) });
    return out.data;
  };
  return {
    report: {
      name: 'onnxruntime int8',
      vectors: { query: [...await run(pieces.query)], passage: [...await run(pieces.passage)] },
    },
    calls: { query: () => run(pieces.query), passage: () => run(pieces.passage) },
  };
}
