// The fold of a query's topic among `folds`, from 1, as the bundle's dictionaries and means have it: FNV-1a of the
// first group that answers it (core/format/list.h, eval/judgments.h).
export function foldOf({ relevant }, folds) {
  const [group] = [...relevant].map((name) => Buffer.from(name.split('#')[0])).sort(Buffer.compare);
  let hash = 2166136261;
  for (const byte of group) hash = Math.imul(hash ^ byte, 16777619) >>> 0;
  return 1 + ((hash ^ (hash >>> 16)) >>> 0) % folds;
}
