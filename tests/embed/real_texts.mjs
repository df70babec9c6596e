// The texts of real_texts.cpp, for tests of the wasm modules.
import { readFileSync } from 'node:fs';

export function realTexts() {
  const sentences = readFileSync(new URL('sentences.txt', import.meta.url), 'utf8').trimEnd().split('\n')
    .map((line) => line.split('\t'));
  const queries = sentences.flatMap(([, sentence]) => {
    const points = [...sentence];
    return Array.from({ length: Math.ceil(points.length / 4) }, (_, i) => points.slice(4 * i, 4 * i + 24).join(''));
  });
  const passages = sentences.filter((_, i) => i % 2 === 0).map(([language], n) =>
    Array.from({ length: 4 * sentences.length }, (_, k) => sentences[(2 * n + k) % sentences.length])
      .filter(([of]) => of === language).map(([, sentence]) => `${sentence} `).join(''));
  return { queries, passages };
}
