/**
 * A cross-encoder in ONNX Runtime Web: reads a query and a passage together and says how well they fit. The output
 * "logits", or else the first, is one number a pair, or two: that the passage does not answer, and that it does.
 */
import { SearchError } from '../protocol/error.js';
import type { Pair, PiecePair, RerankerConfig } from '../protocol/reranker_messages.js';
import type { RerankerInfo } from '../protocol/types.js';
import { ModelFiles } from './model_files.js';
import { OnnxModel, type Tensor } from './onnx_model.js';
import { guarded } from './own_encoder.js';
import { loadTokenizer, type PackTokenizer } from './pack_tokenizer.js';
import { joinPair } from './pairs.js';

interface Loaded {
  readonly onnx: OnnxModel;
  readonly pack: PackTokenizer | undefined;
}

export class CrossEncoder {
  readonly #config: RerankerConfig;
  readonly #folder: URL;
  #loading: Promise<Loaded> | undefined;
  /** The last of the tasks: ONNX Runtime runs one at a time. */
  #last: Promise<unknown> = Promise.resolve();

  /** `folder`: where the encoder's modules are, of which one cuts texts. */
  constructor(config: RerankerConfig, folder: URL) {
    this.#config = config;
    this.#folder = folder;
  }

  /** A load that failed may be tried again. @throws {SearchError} */
  async load(): Promise<RerankerInfo> {
    this.#loading ??= this.#load();
    this.#loading.catch(() => { this.#loading = undefined; });
    const { pack } = await this.#loading;
    return { name: pack?.model.name ?? '' };
  }

  /**
   * A finite number a pair, larger for better ones.
   * @throws {SearchError} 'input': the file's output is of another kind; and as load().
   */
  score(pairs: readonly Pair[], signal: AbortSignal): Promise<number[]> {
    const task = this.#last.then(() => guarded(() => this.#score(pairs, signal)));
    this.#last = task.catch(() => undefined);
    return task;
  }

  async #load(): Promise<Loaded> {
    const { model } = this.#config;
    const [onnx, pack] = await Promise.all([
      OnnxModel.load(this.#config),
      model === '' ? undefined : guarded(() => loadTokenizer(new ModelFiles(new URL(model)), this.#folder)),
    ]);
    return { onnx, pack };
  }

  async #score(pairs: readonly Pair[], signal: AbortSignal): Promise<number[]> {
    signal.throwIfAborted();
    await this.load();
    const { onnx, pack } = await this.#loading!;
    const scores: number[] = [];
    for (const pair of pairs) {
      // Between two pairs the worker hears of what has become of the task.
      await new Promise((resolve) => setTimeout(resolve));
      signal.throwIfAborted();
      const { ids, types } = piecesOf(pair, pack);
      scores.push(await onnx.run(ids, types, 'logits', logit));
    }
    return scores;
  }
}

function piecesOf(pair: Pair, pack: PackTokenizer | undefined): PiecePair {
  if ('ids' in pair) return pair;
  if (!pack) throw new SearchError('argument', 'The reranker has neither a model pack nor a tokenizer');
  const { core, model, piecesMax } = pack;
  return joinPair(core.pieces(pair.query), core.pieces(pair.passage), model.tokenizer.kind, piecesMax);
}

/** Of [1], [1][1] the number; of [1][2] how much more the second class is. */
function logit(output: Tensor | undefined): number {
  const { dims = [], data = [] } = output ?? {};
  const labels = dims.length === 1 ? 1 : dims[1]!;
  if (!output || dims.length < 1 || dims.length > 2 || dims[0] !== 1 || labels < 1 || labels > 2) {
    throw new SearchError('input', `The output of the ONNX file is not one number a pair: [${dims.join('][')}]`);
  }
  const score = labels === 1 ? Number(data[0]) : data[1]! - data[0]!;
  if (!Number.isFinite(score)) throw new SearchError('input', 'The ONNX file gave a score that is no number');
  return score;
}
