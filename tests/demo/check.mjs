// `./dev demo --check`: the demo in a real browser, asked what its readers would ask.
//
// Prints a table of what was checked, with what was not found below its line; screenshots lie in the cache folder.
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

import {
  handbookLanguages, libreofficeLanguages, libreofficeSource, repository, screenshotFolder,
} from '../../examples/demo/paths.mjs';
import { say } from '../../examples/demo/progress.mjs';
import { isLeftOut } from '../../examples/demo/untranslated.mjs';
import { modelFolder } from '../../examples/demo/vectors.mjs';
import { ask, openBox, rows } from './box.mjs';
import { checkKeyboard } from './keyboard.mjs';
import { checkMeaning } from './meaning.mjs';
import { compareBundles } from './parity.mjs';
import { firstTerms } from './terms.mjs';
import { readDocuments, sharedWords, untranslatedQueries } from './untranslated.mjs';

const TERMS = 20;
const TERMS_FOUND_MIN = 14;
const ROWS = 5;
const START = { libreoffice: 'text/swriter/main0000.html', handbook: 'index.html' };
const BROWSER_FLAGS = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync',
];

const WHAT_COLUMNS = 62;

/** Lines of the table, printed as they come. */
class Report {
  passed = true;

  add(what, result, passed, failures = []) {
    this.passed &&= passed;
    this.#line(passed ? 'ok' : 'FAILED', what, result);
    for (const failure of failures) say(`          ${failure}`);
  }

  /** What cannot be checked here, and why. */
  skip(what, why) {
    this.#line('left', what, why);
  }

  #line(verdict, what, result) {
    say(`${verdict.padEnd(6)}  ${what.padEnd(WHAT_COLUMNS)}  ${result}`);
  }
}

async function launch() {
  const require = createRequire(join(repository, 'web/package.json'));
  const { chromium } = require('playwright-core');
  const executablePath = process.env.CROSSGLOT_CHROMIUM ?? '/usr/bin/chromium';
  if (!existsSync(executablePath)) throw new Error(`there is no browser at ${executablePath} (CROSSGLOT_CHROMIUM)`);
  return chromium.launch({ executablePath, args: BROWSER_FLAGS });
}

/** A page at `path`, watched: requests to elsewhere, answers that say no, errors of scripts. */
async function openPage(browser, address, path, seen, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  const page = await context.newPage();
  const { origin } = new URL(address);
  context.on('request', (request) => {
    const { protocol, origin: target } = new URL(request.url());
    seen.requests += 1;
    if (protocol.startsWith('http') && target !== origin) seen.elsewhere.add(request.url());
  });
  context.on('response', (response) => {
    if (response.status() >= 400) seen.refused.add(`${response.status()} ${response.url()}`);
  });
  page.on('pageerror', (error) => seen.errors.add(error.message));
  await page.goto(new URL(path, address).href);
  return page;
}

async function checkTerms(browser, address, seen, report) {
  for (const language of libreofficeLanguages) {
    const page = await openPage(browser, address, `libreoffice/${language}/${START.libreoffice}`, seen);
    await openBox(page);
    const missed = [];
    for (const { term, pages } of firstTerms(libreofficeSource, language, TERMS)) {
      if ((await ask(page, term)) === 'failed') throw new Error(`${language}: the search failed for ${term}`);
      const found = await rows(page, ROWS);
      const versionOf = (name) => (isLeftOut('libreoffice', language, name) ? 'en-US' : language);
      const wanted = [...pages].map((name) => `/libreoffice/${versionOf(name)}/${name}`);
      if (!wanted.some((path) => found.includes(path))) missed.push(`${language}: ${term} → ${wanted.join(' ')}`);
    }
    const found = TERMS - missed.length;
    report.add(`LibreOffice Help, ${language}: terms that find their page`, `${found} of ${TERMS}`,
      found >= TERMS_FOUND_MIN, missed);
    await page.context().close();
  }
}

async function checkHandbook(browser, address, seen, report) {
  const queries = readFileSync(join(repository, 'tests/demo/handbook-queries.tsv'), 'utf8')
    .trimEnd().split('\n').map((line) => line.split('\t'));
  for (const language of handbookLanguages.filter((tag) => /^(ar|fa)/.test(tag))) {
    const page = await openPage(browser, address, `handbook/${language}/${START.handbook}`, seen);
    await openBox(page);
    const missed = [];
    const own = queries.filter(([tag]) => tag === language);
    for (const [, query, name] of own) {
      await ask(page, query);
      const found = await rows(page, ROWS);
      if (!found.includes(`/handbook/${language}/${name}`)) missed.push(`${language}: ${query} → ${name}`);
    }
    report.add(`Debian Handbook, ${language}: queries that find their page`,
      `${own.length - missed.length} of ${own.length}`, missed.length === 0, missed);
    await ask(page, own[0][1]);
    const mirrored = await page.locator('crossglot-search dialog').evaluate((dialog) => {
      const box = (selector) => dialog.querySelector(selector)?.getBoundingClientRect() ?? { left: NaN };
      return getComputedStyle(dialog).direction === 'rtl' && box('.field svg').left > box('input').left &&
        box('[role=option] svg').left > box('[role=option] .title').left;
    });
    report.add(`Debian Handbook, ${language}: the dialog is mirrored`, mirrored ? 'yes' : 'no', mirrored);
    await page.context().close();
  }
}

/** Pages that the reader's language lacks are found by the reader's words, and say which language they are in. */
async function checkUntranslated(browser, address, bundles, seen, report) {
  for (const [key, queries] of untranslatedQueries()) {
    const [site] = key.split('/');
    const documents = readDocuments(bundles.find((bundle) => bundle.site === site).documents);
    const page = await openPage(browser, address, `${key}/${START[site]}`, seen);
    await openBox(page);
    const missed = [];
    for (const { query, page: name } of queries) {
      const shared = sharedWords(documents, name, query);
      if (documents.has(`/${key.slice(site.length + 1)}/${name}`) || shared.length > 0) {
        throw new Error(`${query} asks for nothing foreign: ${name} ${shared.join(' ')}`);
      }
      await ask(page, query);
      const path = `/${site}/en-US/${name}`;
      const found = await rows(page, ROWS);
      const row = page.locator(`crossglot-search dialog [role=group]:has(a[href*="${path}"])`);
      const badges = await row.locator('.badge').count();
      if (!found.includes(path) || badges === 0) missed.push(`${key}: ${query} → ${path}`);
    }
    report.add(`${key}: queries that find a page in English alone`,
      `${queries.length - missed.length} of ${queries.length}`, missed.length === 0, missed);
    await page.context().close();
  }
}

const PICTURES = [
  ['across-fr', 'libreoffice/fr/text/swriter/main0000.html', 'imprimer en noir et blanc', {}],
  ['across-ja', 'libreoffice/ja/text/swriter/main0000.html', '参考文献表を作成', {}],
  ['across-ar', 'handbook/ar-MA/index.html', 'أدوات تشخيص الشبكات', {}],
  ['libreoffice-de', 'libreoffice/de/text/scalc/main0000.html', 'Zellen schützen', {}],
  ['libreoffice-ja', 'libreoffice/ja/text/swriter/main0000.html', '段落スタイル', {}],
  ['libreoffice-zh-dark', 'libreoffice/zh-CN/text/shared/05/new_help.html', '打印', { colorScheme: 'dark' }],
  ['libreoffice-en-typo', 'libreoffice/en-US/text/simpress/main0000.html', 'presentaiton template', {}],
  ['libreoffice-fr-none', 'libreoffice/fr/text/sbasic/shared/main0601.html', 'xqzvwkj', {}],
  ['handbook-ar', 'handbook/ar-MA/sect.quotas.html', 'النسخ الاحتياطي', {}],
  ['handbook-fa', 'handbook/fa-IR/index.html', 'پشتیبان‌گیری', {}],
  ['handbook-ar-phone', 'handbook/ar-MA/index.html', 'حسابات المستخدمين', { viewport: { width: 390, height: 844 } }],
  ['libreoffice-de-phone', 'libreoffice/de/text/swriter/main0000.html', 'Serienbrief', {
    viewport: { width: 390, height: 844 },
  }],
];

async function takePictures(browser, address, seen, report) {
  mkdirSync(screenshotFolder, { recursive: true });
  for (const [name, path, query, options] of PICTURES) {
    const page = await openPage(browser, address, path, seen, options);
    await page.screenshot({ path: join(screenshotFolder, `${name}-page.png`) });
    await openBox(page);
    await ask(page, query);
    await page.keyboard.press('ArrowDown');
    await page.screenshot({ path: join(screenshotFolder, `${name}.png`) });
    await page.context().close();
  }
  report.add('Screenshots', screenshotFolder, true);
}

/** The model of the demo's own vectors, where it has some: an earlier run has made them. */
function modelOf(bundle) {
  const { vectors } = JSON.parse(readFileSync(join(bundle, 'manifest.json'), 'utf8'));
  return vectors === undefined ? undefined : modelFolder();
}

/**
 * Everything; true when all of it holds. `address` is the demo's, with a slash at its end; `commands` the native one
 * and the Node one's script; `bundles` each site's documents and index.
 */
export async function check(address, commands, bundles) {
  const report = new Report();
  for (const { site, documents, bundle } of bundles) {
    const { files, different } = compareBundles(commands.native, documents, bundle, modelOf(bundle));
    report.add(`${site}: the native command writes the same bytes`, `${files - different.length} of ${files} files`,
      files > 1 && different.length === 0, different.slice(0, 5));
  }
  const seen = { requests: 0, elsewhere: new Set(), refused: new Set(), errors: new Set() };
  const start = performance.now();
  const browser = await launch();
  try {
    await checkTerms(browser, address, seen, report);
    await checkHandbook(browser, address, seen, report);
    await checkUntranslated(browser, address, bundles, seen, report);
    for (const path of [`libreoffice/de/${START.libreoffice}`, `handbook/ar-MA/${START.handbook}`]) {
      const page = await openPage(browser, address, path, seen);
      const where = path.split('/').slice(0, 2).join('/');
      for (const [what, passed, detail] of await checkKeyboard(page)) report.add(`${where}: ${what}`, detail, passed);
      await page.context().close();
    }
    await checkMeaning((path) => openPage(browser, address, path, seen), commands, report);
    await takePictures(browser, address, seen, report);
  } finally {
    await browser.close();
  }
  const list = (set) => (set.size === 0 ? 'none' : [...set].slice(0, 5).join(' '));
  report.add(`Requests that leave the origin, of ${seen.requests}`, list(seen.elsewhere), seen.elsewhere.size === 0);
  report.add('Requests that were refused', list(seen.refused), seen.refused.size === 0);
  report.add('Errors of scripts', list(seen.errors), seen.errors.size === 0);
  const { passed } = report;
  say(`checked in ${((performance.now() - start) / 1000).toFixed(0)} s: ${passed ? 'all well' : 'FAILED'}`);
  return passed;
}
