/** The core that ranks by words and meaning, by the rules of binding.ts. */
import type { SearchResults } from '../protocol/types.js';
import { Core } from './binding.js';
import type { HybridExports } from './hybrid_abi.js';

export class HybridCore extends Core {
  protected declare readonly exports_: HybridExports;
  protected override readonly tiers_: SearchResults['tiers'] = ['lexical', 'dense'];

  /** @throws {SearchError} 'corrupt' | 'version' | 'argument' | 'memory'. */
  addVectors(list: Uint8Array): void {
    this.copied_([list], (at, size) => this.check_(this.exports_.cg_add_vectors(this.index_, at!, size!)));
  }

  /** Whose vectors were added. */
  get vectorModel(): string {
    return this.text_((out) => void this.exports_.cg_vector_model(this.index_, out));
  }
}
