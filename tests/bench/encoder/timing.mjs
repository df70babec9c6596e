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

// Our module's times for both, and the pieces that it found.
export async function timeModule(EncoderModule, wasm, read, seconds) {
  const encoder = await EncoderModule.create(wasm, read, 160);
  const { query, passage } = texts(encoder);
  await encoder.fetchPages(query);
  await encoder.fetchPages(passage);
  return {
    name: encoder.kernels, create_ms: encoder.createMs, memory_bytes: encoder.memoryBytes,
    query_ms: await fastest(() => encoder.encode(query), seconds),
    passage_ms: await fastest(() => encoder.encode(passage), seconds),
    texts: { query, passage },
    pieces: { query: encoder.pieces(query), passage: encoder.pieces(passage) },
    vectors: { query: [...encoder.encode(query).vector], passage: [...encoder.encode(passage).vector] },
  };
}

// ONNX Runtime's, on the pieces that ours found. `ort` is its module, `model` a path or bytes.
export async function timeOnnx(ort, model, pieces, seconds) {
  const session = await ort.InferenceSession.create(model, {
    intraOpNumThreads: 1, interOpNumThreads: 1, executionMode: 'sequential', graphOptimizationLevel: 'all',
  });
  const run = async (ids) => {
    const tensor = (values) => new ort.Tensor('int64', BigInt64Array.from(values, BigInt), [1, values.length]);
    const { sentence_embedding: out } =
      await session.run({ input_ids: tensor(ids), attention_mask: tensor(ids.map(() => 1)) });
    return out.data;
  };
  const out = { name: 'onnxruntime int8', vectors: {} };
  for (const text of ['query', 'passage']) {
    out.vectors[text] = [...await run(pieces[text])];
    out[`${text}_ms`] = await fastest(() => run(pieces[text]), seconds);
  }
  await session.release();
  return out;
}
