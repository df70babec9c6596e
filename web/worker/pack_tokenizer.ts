/** A model pack of which nothing but the tokenizer is loaded: it cuts texts for another engine. */
import { EncoderCore } from './encoder_binding.js';
import { checkHash, type Model, parseModel } from './model.js';
import type { ModelFiles } from './model_files.js';
import { compileEncoder } from './own_encoder.js';

/** Pieces of a text at most, whatever the model's own limit. */
const PIECES_MAX = 512;

export interface PackTokenizer {
  readonly model: Model;
  /** Cuts texts to this many pieces, begin and end included. */
  readonly piecesMax: number;
  readonly core: EncoderCore;
}

/**
 * `folder`: where the encoder's modules are.
 * @throws {SearchError} 'missing' | 'network' | 'corrupt' | 'version' | 'input' | 'memory' | 'unsupported'.
 */
export async function loadTokenizer(files: ModelFiles, folder: URL): Promise<PackTokenizer> {
  const [module, text] = await Promise.all([compileEncoder(folder), files.description()]);
  const model = parseModel(text);
  const piecesMax = Math.min(model.positions, PIECES_MAX);
  const core = await EncoderCore.create(module, piecesMax);
  const { tokenizer: file } = model;
  await files.file(file.name, file.raw, async (content) =>
    core.add('tokenizer', content, await checkHash(content, file)));
  return { model, piecesMax, core };
}
