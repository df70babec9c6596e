// LibreOffice Help as the benches use it: HTML pages, documents, and the pools of translated pages. What is derived
// is kept under build/bench/ and made anew when the source folder or this extraction changes.
//
// A page of a language counts as translated when at least half of its characters stand in lines that its English
// page does not hold (reference/baselines section 6): several languages ship most pages in English.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { extract } from './extract.mjs';

export const kRepository = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../..');
export const kWork = path.join(kRepository, 'build/bench');
export const kEnglish = 'en-US';
// Names of the folders in the packages; also the languages' names in hashes and in queries.
export const kRelevanceLanguages = [kEnglish, 'fr', 'de', 'ja', 'ru', 'zh-CN', 'es', 'ko'];
export const kDemoLanguages = [kEnglish, 'fr', 'de', 'ja', 'zh-CN'];
export const kIndexLanguages = [kEnglish, 'ja', 'de'];

const kDerivation = 3;  // raised when documents come out differently

export function helpFolder() {
  const folder = process.env.CROSSGLOT_LO;
  if (folder === undefined || !fs.existsSync(path.join(folder, kEnglish))) {
    throw new Error('CROSSGLOT_LO must name the folder of LibreOffice Help that holds en-US/; lib/help.mjs provides it');
  }
  return path.resolve(folder);
}

// Pages of a language as paths below its folder, in byte order.
export function pagePaths(lang) {
  const root = path.join(helpFolder(), lang);
  const found = [];
  const walk = (folder) => {
    for (const entry of fs.readdirSync(path.join(root, folder), { withFileTypes: true })) {
      const name = `${folder}/${entry.name}`;
      if (entry.isDirectory()) walk(name);
      else if (entry.name.endsWith('.html')) found.push(name);
    }
  };
  walk('text');
  return found.sort();
}

export function sha256(text) {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}

// Runs `make(folder)` unless an earlier run with the same key finished; returns the folder.
export function derived(name, make) {
  const folder = path.join(kWork, name);
  const stamp = path.join(folder, '.key');
  const key = sha256(`${kDerivation}\n${helpFolder()}`);
  if (fs.existsSync(stamp) && fs.readFileSync(stamp, 'utf8') === key) return folder;
  fs.rmSync(folder, { recursive: true, force: true });
  fs.mkdirSync(folder, { recursive: true });
  make(folder);
  fs.writeFileSync(stamp, key);
  return folder;
}

function readLines(file) {
  return fs.readFileSync(file, 'utf8').split('\n').filter((line) => line !== '').map((line) => JSON.parse(line));
}

// All pages of a language, translated or not: { file, documents }.
export function documents(lang) {
  const folder = derived(`documents/${lang}`, (target) => {
    const root = path.join(helpFolder(), lang);
    const lines = pagePaths(lang).map((name) => JSON.stringify(
      extract(fs.readFileSync(path.join(root, name), 'utf8'), `/${lang}/${name}`, name)));
    fs.writeFileSync(path.join(target, 'documents.jsonl'), lines.join('\n') + '\n');
  });
  const file = path.join(folder, 'documents.jsonl');
  return { file, documents: readLines(file) };
}

const linesOf = (document) => [document.title, ...document.sections.flatMap(
  (section) => [section.heading, ...section.text.split('\n')])].filter((line) => line !== '');

export function isTranslated(document, english) {
  const known = new Set(linesOf(english));
  let own = 0;
  let all = 0;
  for (const line of linesOf(document)) {
    all += line.length;
    if (!known.has(line)) own += line.length;
  }
  return all > 0 && own * 2 >= all;
}

// The pages that a language's relevance queries search: { file, documents, site }; `site` is a folder of the same
// pages as HTML, for the systems that read HTML.
export function pool(lang) {
  const folder = derived(`pools/${lang}`, (target) => {
    const english = new Map(documents(kEnglish).documents.map((document) => [document.group, document]));
    const kept = documents(lang).documents.filter((document) => {
      const original = english.get(document.group);
      return lang === kEnglish || original === undefined || isTranslated(document, original);
    });
    fs.writeFileSync(path.join(target, 'documents.jsonl'), kept.map((it) => JSON.stringify(it)).join('\n') + '\n');
    for (const document of kept) {
      const page = path.join(target, 'site', lang, document.group);
      fs.mkdirSync(path.dirname(page), { recursive: true });
      fs.copyFileSync(path.join(helpFolder(), lang, document.group), page);
    }
  });
  const file = path.join(folder, 'documents.jsonl');
  return { file, documents: readLines(file), site: path.join(folder, 'site') };
}

// A folder of several whole languages as HTML, as a site's build would leave them.
export function site(langs) {
  const folder = derived(`sites/${langs.join('+')}`, (target) => {
    for (const lang of langs) {
      for (const name of pagePaths(lang)) {
        const page = path.join(target, 'site', lang, name);
        fs.mkdirSync(path.dirname(page), { recursive: true });
        fs.copyFileSync(path.join(helpFolder(), lang, name), page);
      }
    }
  });
  return path.join(folder, 'site');
}
