// Meaning in a page that is open when its vectors arrive: readers ask for pages that exist in English alone, in words
// that these pages do not hold (part.mjs says which). What the dictionary covers is found by words; what it does not
// cover is found once the model has arrived.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

import { demoFolder, libreofficeLanguages, siteFolder } from '../../examples/demo/paths.mjs';
import { addVectors, provideModel } from '../../examples/demo/vectors.mjs';
import { ask, askByMeaning, openBox, rows, untilMeaning } from './box.mjs';
import { compareBundles } from './parity.mjs';
import { assemblePart, foreignTerms, partPages } from './part.mjs';
import { readDocuments } from './untranslated.mjs';

const TERMS = 20;
const ROWS = 5;
const SITE = 'part';
const ENGLISH = libreofficeLanguages[0];
/** Shares of the terms that must be found: by words, and of the others by words and meaning. */
const WORDS_MIN = 0.1;
const MEANING_MIN = 0.5;

/** Those of `terms` whose page is among the first rows. */
async function found(page, terms, put) {
  const all = [];
  for (const term of terms) {
    await put(page, term.query);
    if ((await rows(page, ROWS)).includes(`/${SITE}/${ENGLISH}/${term.page}`)) all.push(term);
  }
  return all;
}

const part = () => ({
  folder: join(siteFolder, SITE), documents: join(demoFolder, `${SITE}.jsonl`),
  bundle: join(siteFolder, SITE, 'crossglot'),
});

function prepare(cli) {
  const { folder, documents, bundle } = part();
  const pages = partPages();
  assemblePart(folder, pages);
  const args = [cli, '--site', folder, '--documents', documents];
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`indexing ${bundle} failed:\n${stderr}`);
  return pages;
}

/** `open` gives a page of the demo by its path. */
export async function checkMeaning(open, { native, cli }, report) {
  const pages = prepare(cli);
  const { folder, documents, bundle } = part();
  const start = pages.names.find((name) => !pages.alone.has(name));
  const texts = readDocuments(documents);
  const readers = [];
  for (const language of libreofficeLanguages.slice(1)) {
    const page = await open(`${SITE}/${language}/${start}`);
    await openBox(page);
    const terms = foreignTerms(language, pages, texts, TERMS);
    const byWords = await found(page, terms, ask);
    report.add(`${SITE}/${language}: terms for pages in English alone, by words`,
      `${byWords.length} of ${terms.length}`, terms.length === TERMS && byWords.length >= WORDS_MIN * TERMS);
    readers.push({ language, page, terms, byWords, missed: terms.filter((term) => !byWords.includes(term)) });
  }

  const model = await provideModel();
  if (model === undefined) {
    report.skip(`${SITE}: terms by meaning`, 'there is no model');
  } else {
    const error = await addVectors({ native, cli, model, name: SITE, folder, documents });
    report.add(`${SITE}: vectors are made`, error === '' ? 'yes' : 'no', error === '', error === '' ? [] : [error]);
    if (error === '') await checkVectors(readers, { native, documents, bundle, model }, report);
  }
  for (const { page } of readers) await page.context().close();
}

async function checkVectors(readers, { native, documents, bundle, model }, report) {
  const { files, different } = compareBundles(native, documents, bundle, model);
  report.add(`${SITE}: the native command writes the same bytes, vectors too`,
    `${files - different.length} of ${files} files`, files > 1 && different.length === 0, different.slice(0, 5));
  for (const { language, page, terms: [term], byWords, missed } of readers) {
    // Any term will do: that the vectors took part is asked of the answer, not of its rows.
    const arrived = term !== undefined && await untilMeaning(page, term.query);
    report.add(`${SITE}/${language}: meaning arrives in the open page`, arrived ? 'yes' : 'no', arrived);
    if (!arrived) continue;
    const now = await found(page, missed, askByMeaning);
    const still = await found(page, byWords, askByMeaning);
    const failures = missed.filter((term) => !now.includes(term)).map(({ query, page: name }) => `${query} → ${name}`);
    report.add(`${SITE}/${language}: terms that words do not find, by meaning`, `${now.length} of ${missed.length}`,
      now.length >= MEANING_MIN * missed.length, failures);
    report.add(`${SITE}/${language}: terms that words find, still`, `${still.length} of ${byWords.length}`,
      still.length >= 0.8 * byWords.length);
  }
}
