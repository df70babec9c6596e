// A Hugging Face folder of a few kilobytes, written as its own tools write one.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const hidden = 32;
const inner = 64;
const layers = 2;
const positions = 16;
const specialPieces = ['[PAD]', '[UNK]', '[CLS]', '[SEP]', '[MASK]'];
const ordinaryPieces = ['the', 'archive', 'down', '##load', 'поиск', '検', 'et'];

function safetensors(pieces, weightOf) {
  const header = {};
  const parts = [];
  let size = 0;
  const add = (name, shape) => {
    const values = Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => weightOf(name, i, size));
    parts.push(Buffer.from(values.buffer));
    header[name] = { dtype: 'F32', shape, data_offsets: [size, size + values.byteLength] };
    size += values.byteLength;
  };
  const linear = (name, rows, columns) => {
    add(`${name}.weight`, [rows, columns]);
    add(`${name}.bias`, [rows]);
  };
  const norm = (name) => {
    add(`${name}.weight`, [hidden]);
    add(`${name}.bias`, [hidden]);
  };
  add('embeddings.word_embeddings.weight', [pieces.length, hidden]);
  add('embeddings.position_embeddings.weight', [positions, hidden]);
  add('embeddings.token_type_embeddings.weight', [2, hidden]);
  norm('embeddings.LayerNorm');
  for (let i = 0; i < layers; ++i) {
    const layer = `encoder.layer.${i}.`;
    for (const name of ['query', 'key', 'value']) linear(`${layer}attention.self.${name}`, hidden, hidden);
    linear(`${layer}attention.output.dense`, hidden, hidden);
    norm(`${layer}attention.output.LayerNorm`);
    linear(`${layer}intermediate.dense`, inner, hidden);
    linear(`${layer}output.dense`, hidden, inner);
    norm(`${layer}output.LayerNorm`);
  }
  const json = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(json.length));
  return Buffer.concat([length, json, ...parts]);
}

const tokenizerOf = (pieces) => ({
  added_tokens: specialPieces.map((content, id) => ({ id, content, special: true })),
  normalizer: {
    type: 'BertNormalizer', clean_text: true, handle_chinese_chars: true, strip_accents: null, lowercase: true,
  },
  pre_tokenizer: { type: 'BertPreTokenizer' },
  post_processor: {
    type: 'TemplateProcessing',
    single: [{ SpecialToken: { id: '[CLS]' } }, { Sequence: { id: 'A' } }, { SpecialToken: { id: '[SEP]' } }],
  },
  model: { type: 'WordPiece', unk_token: '[UNK]', vocab: Object.fromEntries(pieces.map((piece, id) => [piece, id])) },
});

/**
 * Writes the folder; `config` overrides fields of config.json, `card` becomes crossglot-card.json. `pieces` are
 * ordinary ones, after the five that stand for no text; `weightOf` gives number `i` of a tensor that begins at byte
 * `begin`.
 * @param {string} folder
 * @param {Record<string, any>} [options]
 */
export function writeModelFolder(folder, {
  config = {}, card, pieces: ordinary = ordinaryPieces, weightOf = (name, i, begin) => Math.sin(i * 0.37 + begin),
} = {}) {
  const pieces = [...specialPieces, ...ordinary];
  mkdirSync(join(folder, '1_Pooling'), { recursive: true });
  const put = (name, value) => writeFileSync(join(folder, name), JSON.stringify(value));
  put('config.json', {
    model_type: 'bert',
    hidden_act: 'gelu',
    hidden_size: hidden,
    intermediate_size: inner,
    layer_norm_eps: 1e-12,
    max_position_embeddings: positions,
    num_attention_heads: 2,
    num_hidden_layers: layers,
    type_vocab_size: 2,
    vocab_size: pieces.length,
    ...config,
  });
  put('tokenizer.json', tokenizerOf(pieces));
  put('1_Pooling/config.json', { pooling_mode_mean_tokens: true, pooling_mode_cls_token: false });
  if (card !== undefined) put('crossglot-card.json', card);
  writeFileSync(join(folder, 'model.safetensors'), safetensors(pieces, weightOf));
  return folder;
}
