/**
 * A query and a passage as the one text that a cross-encoder reads, joined as its reference tokenizers join them:
 *
 *   wordpiece (BERT)        [CLS] query [SEP] passage [SEP], types 0 and 1
 *   unigram (XLM-RoBERTa)   <s> query </s></s> passage </s>, all of type 0
 *
 * A pair too long is cut as the library `tokenizers` does with the strategy "longest_first", the default of
 * sentence-transformers' CrossEncoder: the longer side gives way, which is the passage; where both are longer than
 * half of the room, each gets half.
 */
import type { PiecePair } from '../protocol/reranker_messages.js';
import type { TokenizerKind } from './model.js';

/** How many pieces of each side fit into `room`. */
export function fit(query: number, passage: number, room: number): readonly [query: number, passage: number] {
  if (query + passage <= room) return [query, passage];
  const shorter = Math.min(query, passage);
  let [first, second] = [shorter, Math.max(shorter, room - shorter)];
  if (first + second > room) [first, second] = [Math.floor(room / 2), Math.ceil(room / 2)];
  return query <= passage ? [first, second] : [second, first];
}

/**
 * `query`, `passage`: pieces with begin in front and end behind; `piecesMax`: of the pair, all included.
 * Precondition: `piecesMax` leaves room for the pieces that stand for no text.
 */
export function joinPair(
  query: ArrayLike<number>, passage: ArrayLike<number>, kind: TokenizerKind, piecesMax: number,
): PiecePair {
  const begin = query[0]!;
  const end = query[query.length - 1]!;
  const between = kind === 'unigram' ? [end, end] : [end];
  const own = (pieces: ArrayLike<number>) => Array.from(pieces).slice(1, -1);
  const [left, right] = [own(query), own(passage)];
  const [leftSize, rightSize] = fit(left.length, right.length, piecesMax - between.length - 2);
  const first = [begin, ...left.slice(0, leftSize), ...between];
  const second = [...right.slice(0, rightSize), end];
  const type = kind === 'unigram' ? 0 : 1;
  return { ids: [...first, ...second], types: [...first.map(() => 0), ...second.map(() => type)] };
}
