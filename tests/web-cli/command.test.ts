import { chmodSync, existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { bundleFiles, documentsOf, page, run, runAndKill, site, temporaryFolder } from './harness.js';

const kEnglish = '<h1>Opening files</h1><p>Choose the file that you want to open with the program.</p>'
  + '<p>The file may be on this computer or on the network.</p>';
const kFrench = '<h1>Ouvrir des fichiers</h1><p>Choisissez le fichier que vous voulez ouvrir avec le programme.</p>';

const kSmallSite = {
  'en/open/index.html': page('en', 'Opening files | Docs', kEnglish),
  'fr/open/index.html': page('fr', 'Ouvrir des fichiers | Docs', kFrench),
  'en/save/index.html': page('en', 'Saving files | Docs', '<h1>Saving files</h1><p>Press the save button often.</p>'),
};

/** A site in two languages with words of its own, lettered by number; `scrambled`: its French says something else. */
function translatedSite(count: number, scrambled = false): Record<string, string> {
  const word = (lang: string, number: number): string =>
    (lang === 'en' ? 'w' : 'quel') + String.fromCharCode(97 + (Math.floor(number / 20) % 20), 97 + (number % 20))
    + (lang === 'en' ? 'k' : 'tar');
  const said = (lang: string, at: number): string => [0, 1, 2, 3].map((line) =>
    `<p>${[0, 1, 2].map((k) => word(lang, at + line * 2 + k * (line + 1))).join(' ')}</p>`).join('');
  return Object.fromEntries(Array.from({ length: count }, (_, at) => ['en', 'fr'].map((lang) => {
    const title = [at, Math.floor(at / 20) + at + 1, Math.floor(at / 7) + 3]
      .map((n) => word(lang, scrambled && lang === 'fr' ? n * n + 5 : n)).join(' ');
    return [`${lang}/${at}/index.html`, page(lang, title, `<h1>${title}</h1>${said(lang, at)}`)] as const;
  })).flat());
}

describe('indexing a site', () => {
  test('says what relevance to expect across languages, and fails below a floor without touching the index', () => {
    const folder = site(translatedSite(150));
    const good = run('--site', folder, '--floor', '0.1');
    expect(good).toMatchObject({ code: 0, err: '' });
    expect(good.out).toMatch(/relevance to expect, nDCG@10/);
    expect(good.out).toMatch(/^fr +0\.\d\d +-$/m);
    const before = bundleFiles(join(folder, 'crossglot'));
    const other = site(translatedSite(150, true));
    const low = run('--site', other, '--out', join(folder, 'crossglot'), '--floor', '0.9');
    expect(low.code).toBe(1);
    expect(low.err).toMatch(/relevance is below --floor 0\.90: (fr to en|en to fr) 0\.\d\d \(\d+ queries\)/);
    expect(bundleFiles(join(folder, 'crossglot'))).toEqual(before);
    expect(run('--site', site(kSmallSite), '--floor', '0.5').err).toMatch(/too few translated titles/);
    expect(run('--site', folder, '--floor', '2').code).toBe(2);
  });

  test('writes an index that answers, and what a browser needs beside it', () => {
    const folder = site(kSmallSite);
    const ran = run('--site', folder);
    expect(ran).toMatchObject({ code: 0, err: '' });
    const out = join(folder, 'crossglot');
    expect(readdirSync(out)).toEqual(expect.arrayContaining([
      'manifest.json', 'ui.js', 'panel.js', 'worker.js', 'crossglot.wasm', 'stem']));
    expect(readdirSync(join(out, 'stem')).sort()).toEqual(['english.wasm', 'french.wasm']);
    const answer = run('search', out, 'fichier', '--lang', 'fr', '--json');
    expect(answer.code).toBe(0);
    const [hit] = (JSON.parse(answer.out) as { hits: { url: string; lang: string; languages: string[] }[] }).hits;
    expect(hit).toMatchObject({ url: '/fr/open/', lang: 'fr' });
    expect(run('search', out, 'zebra').code).toBe(1);
  });

  test('the same site gives the same bytes, in one thread or several, and again', () => {
    const files = Object.fromEntries(Array.from({ length: 150 }, (_, i) => [
      `${i % 2 ? 'en' : 'de'}/page${Math.floor(i / 2)}.html`,
      page(i % 2 ? 'en' : 'de', `Page ${i}`, `<h1>Page ${i}</h1><p>word${i} common words</p><pre>code_${i}()</pre>`),
    ]));
    const one = site(files);
    const several = site(files);
    expect(run('--site', one, '--threads', '1').code).toBe(0);
    expect(run('--site', several, '--threads', '3').code).toBe(0);
    const first = bundleFiles(join(one, 'crossglot'));
    expect(first.size).toBeGreaterThan(2);
    expect(bundleFiles(join(several, 'crossglot'))).toEqual(first);
    expect(run('--site', one).code).toBe(0);
    expect(bundleFiles(join(one, 'crossglot'))).toEqual(first);
  });

  test('--check says languages, groups and what is left out with the reason, and writes nothing', () => {
    const folder = site({
      ...kSmallSite,
      'en/draft.html': page('en', 'Draft', '<p>not yet</p>', '<meta name="robots" content="noindex">'),
      'old.html': page('en', 'Moved', '<p>here</p>', '<meta http-equiv="refresh" content="0; url=/en/open/">'),
      '404.html': page('en', 'Not found', '<p>sorry</p>'),
      'en/empty.html': page('en', 'Empty', ''),
      'en/copy.html': page('en', 'Copy', kEnglish, '<link rel="canonical" href="/en/open/">'),
    });
    const ran = run('--site', folder, '--check');
    expect(ran.code).toBe(0);
    expect(ran.out).toMatch(/^en +2 pages, 2 sections$/m);
    expect(ran.out).toMatch(/^fr +1 page, 1 section$/m);
    expect(ran.out).toContain('3 pages in 2 languages of 8 files; 2 groups, 1 of them in several languages');
    for (const reason of ['noindex: 1 (en/draft.html)', 'redirects elsewhere: 1 (old.html)',
      'error page: 1 (404.html)',
      'no text: 1 (en/empty.html)', 'canonical address is /en/open/']) expect(ran.out).toContain(reason);
    expect(existsSync(join(folder, 'crossglot'))).toBe(false);
  });

  test('titles lose the site\'s name; text, code, filters and weight reach the documents', () => {
    const { documents } = documentsOf({
      ...kSmallSite,
      'en/api.html': page('en', 'API | Docs', '<h1 id="top">API</h1><p>Call it.</p><pre>open()</pre>',
        '<meta name="docsearch:version" content="2.1">').replace('<main>', '<main data-pagefind-weight="3">'),
    });
    expect(documents.get('/en/api.html')).toMatchObject({
      lang: 'en', title: 'API', group: 'api.html', weight: 3, filters: { version: ['2.1'] },
      sections: [{ anchor: 'top', level: 1, heading: 'API', text: 'Call it.', code: 'open()' }],
    });
  });

  test('pages whose data-pagefind-body is missing are left out when others have it', () => {
    const { documents, ran } = documentsOf({
      'a.html': page('en', 'A', '<p data-pagefind-body>marked</p>'), 'b.html': page('en', 'B', '<p>unmarked</p>'),
    });
    expect([...documents.keys()]).toEqual(['/a.html']);
    expect(ran.out).toContain('no data-pagefind-body, which other pages have: 1 (b.html)');
  });

  test('flags change what is read', () => {
    const files = {
      'it/a.html': page('en', 'A', '<p class="body">one <i>two</i></p><p>three</p>'),
      'b.html': page('en', 'B', '<p class="body">four</p>', '<meta name="robots" content="noindex">'),
      'sub/index.html': page('', 'C', '<p class="body">five</p>'),
    };
    const { documents } = documentsOf(files, '--root-selector', '.body', '--exclude-selectors', 'i',
      '--include-noindex',
      '--keep-index-url', '--lang-from-path');
    expect([...documents.values()].map(({ url, lang, sections }) => [url, lang, sections[0]!.text])).toEqual([
      ['/b.html', 'en', 'four'], ['/it/a.html', 'it', 'one'], ['/sub/index.html', 'und', 'five']]);
    expect([...documentsOf(files, '--glob', 'it/*').documents.keys()]).toEqual(['/it/a.html']);
    expect([...documentsOf(files, '--force-language', 'sv').documents.values()].map(({ lang }) => lang))
      .toEqual(['sv', 'sv']);
  });
});

describe('languages and translations', () => {
  test('hreflang with the site\'s public address groups pages of different names', () => {
    const links = '<link rel="alternate" hreflang="en" href="https://docs.example.org/v1/en/open/">'
      + '<link rel="alternate" hreflang="fr" href="https://docs.example.org/v1/fr/ouvrir/">';
    const { documents, ran } = documentsOf({
      'en/open/index.html': page('en', 'Open', kEnglish, links),
      'fr/ouvrir/index.html': page('fr', 'Ouvrir', kFrench, links),
    });
    expect(documents.get('/fr/ouvrir/')!.group).toBe(documents.get('/en/open/')!.group);
    expect(ran.out).toContain('(1 by links, 0 by address)');
  });

  test('the sitemap\'s alternates group pages', () => {
    const url = (path: string) => `<url><loc>https://x.example/${path}</loc>`
      + '<xhtml:link rel="alternate" hreflang="en" href="https://x.example/a.html"/>'
      + '<xhtml:link rel="alternate" hreflang="de" href="https://x.example/b.html"/></url>';
    const canonical = (path: string) => `<link rel="canonical" href="https://x.example/${path}">`;
    const { documents } = documentsOf({
      'a.html': page('en', 'A', '<p>one</p>', canonical('a.html')),
      'b.html': page('de', 'B', '<p>eins</p>', canonical('b.html')),
      'sitemap.xml': `<?xml version="1.0"?><urlset>${url('a.html')}${url('b.html')}</urlset>`,
    });
    expect(documents.get('/b.html')!.group).toBe(documents.get('/a.html')!.group);
  });

  test('a canonical link to another host is ignored, one to another language is a translation', () => {
    const { documents } = documentsOf({
      'fr-FR/x.html': page('', 'X', '<p>un</p>',
        '<link rel="canonical" href="https://else.example/fr-FR/stable/x.html">'),
      'en-US/x.html': page('', 'X', '<p>one</p>',
        '<link rel="canonical" href="https://else.example/en-US/stable/x.html">'),
      'de/y.html': page('de', 'Y', '<p>eins</p>', '<link rel="canonical" href="/en-US/x.html">'),
    });
    expect([...documents.values()].map(({ url, lang, group }) => [url, lang, group])).toEqual([
      ['/de/y.html', 'de', 'x.html'], ['/en-US/x.html', 'en-US', 'x.html'], ['/fr-FR/x.html', 'fr-FR', 'x.html']]);
  });

  test('a fallback page that shows the default language\'s text is left out', () => {
    const { documents, ran } = documentsOf({
      'guide/index.html': page('en', 'Guide', '<h1>Guide</h1><p>Text</p>'),
      'fr/guide/index.html': '<html lang="fr"><title>Guide</title>'
        + '<main lang="en" dir="ltr"><h1>Guide</h1><p>Text</p></main>',
    });
    expect([...documents.keys()]).toEqual(['/guide/']);
    expect(ran.out).toContain('not translated: shows the text of /guide/');
  });

  test('untranslated lines are counted and marked with their language', () => {
    const same = '<p>This sentence was never translated by anybody.</p>';
    const { documents, ran } = documentsOf({
      'en/a.html': page('en', 'A', `<h1>A</h1><p>This one was, by somebody else.</p>${same}`),
      'de/a.html': page('de', 'A', `<h1>A</h1><p>Dieser Satz wurde von jemandem übersetzt.</p>${same}`),
    });
    const section = documents.get('/de/a.html')!.sections[0]!;
    const [begin, end, lang] = section.spans![0]!;
    expect(Buffer.from(section.text).subarray(begin, end).toString())
      .toBe('This sentence was never translated by anybody.');
    expect(lang).toBe('en');
    expect(ran.out).toMatch(/^de +1 page, 1 section, 1 of them untranslated$/m);
  });
});

describe('bad input', () => {
  test('a page without language is guessed from its text, or called unknown, and said', () => {
    const { documents, ran } = documentsOf({
      'a.html': page('', 'A', '<p>The file is not in the folder that you open with this program.</p>'),
      'b.html': page('', 'B', '<p>42</p>'),
    });
    expect([...documents.values()].map(({ lang }) => lang)).toEqual(['en', 'und']);
    expect(ran.err).toContain('1 pages declare no language');
    expect(ran.err).toContain('1 pages are in an unknown language');
  });

  test('a broken UTF-8 file is indexed with replacements and named', () => {
    const { documents, ran } = documentsOf({
      'a.html': Buffer.concat([Buffer.from('<html lang="en"><title>A</title><main>good '), Buffer.from([0xff, 0xc3]),
        Buffer.from(' words</main>')]),
    });
    expect(documents.get('/a.html')!.sections[0]!.text).toBe('good \ufffd\ufffd words');
    expect(ran.err).toContain('a.html: not valid UTF-8');
  });

  test('a page of five megabytes is indexed whole', () => {
    const paragraph = '<p>Words of a very long page about something, repeated.</p>';
    const long = paragraph.repeat(Math.ceil(5_000_000 / paragraph.length));
    const body = `<h1>Long</h1>${long}<h2 id="end">Lastheading</h2><p>end</p>`;
    const folder = site({ 'a.html': page('en', 'Long', body) });
    expect(run('--site', folder).code).toBe(0);
    expect(run('search', join(folder, 'crossglot'), 'lastheading').out).toContain('/a.html#end');
  });

  test('absurdly long titles, headings and anchors do not stop the indexing', () => {
    const long = 'word '.repeat(20_000);
    const { documents, ran } = documentsOf({
      'a.html': page('en', long, `<h1>${long}</h1><h2 id="${'x'.repeat(20_000)}">B</h2><p>text</p>`) });
    expect(ran.code).toBe(0);
    expect(documents.get('/a.html')!.title.length).toBeLessThanOrEqual(1000);
    expect(documents.get('/a.html')!.sections.at(-1)!.anchor).toBe('');
  });

  test('a missing translation leaves its group with the versions that exist', () => {
    const folder = site(kSmallSite);
    expect(run('--site', folder).code).toBe(0);
    const { out } = run('search', join(folder, 'crossglot'), 'saving', '--lang', 'fr', '--json');
    expect((JSON.parse(out) as { hits: unknown[] }).hits[0]).toMatchObject({ url: '/en/save/', lang: 'en' });
  });

  test('two files of one address: the first is indexed, the second named', () => {
    const { documents, ran } = documentsOf({
      'a/index.htm': page('en', 'First', '<p>one</p>'), 'a/index.html': page('en', 'Second', '<p>two</p>') });
    expect([...documents.values()].map(({ title }) => title)).toEqual(['First']);
    expect(ran.err).toContain('a/index.html: same address (/a/) as a/index.htm');
  });

  test('a site without pages, or that is not there, is an error', () => {
    expect(run('--site', site({ 'readme.txt': 'x' })))
      .toMatchObject({ code: 2, err: expect.stringContaining('no page to index') });
    expect(run('--site', join(temporaryFolder(), 'nowhere')))
      .toMatchObject({ code: 2, err: expect.stringContaining('no such folder') });
    const file = join(site({ 'a.html': 'x' }), 'a.html');
    expect(run('--site', file)).toMatchObject({ code: 2, err: expect.stringContaining('is not a folder') });
  });

  test('unknown flags, words and values are named, with exit code 2', () => {
    const folder = site(kSmallSite);
    expect(run('--site', folder, '--frobnicate'))
      .toMatchObject({ code: 2, err: expect.stringContaining('--frobnicate') });
    expect(run('frobnicate')).toMatchObject({ code: 2, err: expect.stringContaining('frobnicate') });
    expect(run('--site', folder, '--threads', 'many'))
      .toMatchObject({ code: 2, err: expect.stringContaining('--threads many') });
    expect(run('--site', folder, '--force-language', '??'))
      .toMatchObject({ code: 2, err: expect.stringContaining('language tag') });
    expect(run('--site', folder, 'extra')).toMatchObject({ code: 2, err: expect.stringContaining('extra') });
    expect(run('--site', folder, '--out', folder)).toMatchObject({ code: 2, err: expect.stringContaining('--out') });
    expect(run('--site')).toMatchObject({ code: 2 });
    expect(run()).toMatchObject({ code: 2, err: expect.stringContaining('crossglot --site DIR') });
    expect(run('--help')).toMatchObject({ code: 0, out: expect.stringContaining('crossglot --site DIR') });
    const stack = /\n\s+at /;
    expect(run('--site', folder, '--frobnicate').err).not.toMatch(stack);
    expect(run('frobnicate').err).not.toMatch(stack);
  });

  test('an output folder that cannot be written is said before the work, by its path', () => {
    const folder = site({ ...kSmallSite, blocked: 'a file' });
    expect(run('--site', folder, '--out', join(folder, 'blocked')))
      .toMatchObject({ code: 2, err: expect.stringContaining('blocked') });
    if (process.getuid?.() === 0) return; // root may write anywhere
    const closed = join(folder, 'closed');
    mkdirSync(closed);
    chmodSync(closed, 0o500);
    expect(run('--site', folder, '--out', join(closed, 'x')))
      .toMatchObject({ code: 2, err: expect.stringContaining('permission') });
  });

  test('an index cut off or flipped at a byte is an error that names the file', () => {
    const folder = site(kSmallSite);
    run('--site', folder);
    const out = join(folder, 'crossglot');
    const [name, bytes] = [...bundleFiles(out)].find(([file]) => file.endsWith('.cgl'))!;
    for (const broken of [bytes.subarray(0, bytes.length - 9), Buffer.from(bytes).fill(0x55, 40, 44)]) {
      writeFileSync(join(out, name), broken);
      const ran = run('search', out, 'open', '--in', 'all');
      expect(ran.code).toBe(2);
      expect(ran.err).toContain(name);
    }
    writeFileSync(join(out, 'manifest.json'), '{"format":99,"languages":[]}');
    expect(run('search', out, 'open')).toMatchObject({ code: 2, err: expect.stringContaining('format 99') });
    writeFileSync(join(out, 'manifest.json'), '{');
    expect(run('inspect', out)).toMatchObject({ code: 2, err: expect.stringContaining('is not JSON') });
    expect(run('search', temporaryFolder(), 'x'))
      .toMatchObject({ code: 2, err: expect.stringContaining('no index here') });
  });

  test.each<[string, (text: string) => string, RegExp]>([
    ['a list outside its folder', (text) => text.replace(/"list":"/, '"list":"../'), /does not describe an index/],
    ['a list without a name', (text) => text.replace(/"list":/, '"lost":'), /does not describe an index/],
    ['a language that is none', (text) => text.replace('"languages":[', '"languages":[null,'), /does not describe an/],
    ['nothing', () => 'null', /does not describe an index/],
    ['vectors that are no array', (text) => text.replace('{', '{"vectors":7,'), /does not describe an index/],
    ['a list of fewer bytes than it has', (text) => text.replace(/"raw":\d+/, '"raw":9'), /\.cgl: is damaged/],
    ['a list of far too many bytes', (text) => text.replace(/"raw":\d+/, '"raw":16777217'), /does not describe an/],
    ['another content', (text) => text.replace(/"sha256":"..../, '"sha256":"0000'), /\.cgl: is not the file that/],
  ])('a manifest that names %s is an error without a stack', (_, edit, message) => {
    const folder = site(kSmallSite);
    run('--site', folder);
    const manifest = join(folder, 'crossglot/manifest.json');
    const text = readFileSync(manifest, 'utf8');
    writeFileSync(manifest, edit(text));
    expect(readFileSync(manifest, 'utf8')).not.toBe(text);
    for (const command of [['search', join(folder, 'crossglot'), 'open', '--in', 'all'],
      ['inspect', join(folder, 'crossglot')]]) {
      const { code, err } = run(...command);
      expect(code).toBe(2);
      expect(err).toMatch(message);
      expect(err).not.toMatch(/^ +at /m);
    }
  });

  test('a run that is killed at any moment leaves the old index answering', async () => {
    const folder = site(kSmallSite);
    run('--site', folder);
    const out = join(folder, 'crossglot');
    const manifest = readFileSync(join(out, 'manifest.json'), 'utf8');
    for (let i = 0; i < 40; i++) {
      writeFileSync(join(folder, `en/extra${i}.html`), page('en', `Extra ${i}`, `<p>extra words ${i}</p>`));
    }
    const began = readdirSync(out).length;
    await runAndKill(['--site', folder], () => readdirSync(out).length !== began);
    const left = readFileSync(join(out, 'manifest.json'), 'utf8');
    expect(run('search', out, left === manifest ? 'opening' : 'extra').code).toBe(0);
    for (const { list } of (JSON.parse(left) as { languages: { list: string }[] }).languages) {
      expect(gunzipSync(readFileSync(join(out, list))).length).toBeGreaterThan(0);
    }
    expect(run('--site', folder).code).toBe(0);
    expect(readdirSync(out).filter((name) => name.startsWith('.'))).toEqual([]);
    expect(run('search', out, 'extra').code).toBe(0);
  });
});

describe('documents.jsonl', () => {
  const line = (url: string, extra = {}): string =>
    JSON.stringify({
      url, lang: 'en', title: url, sections: [{ anchor: '', heading: 'H', text: 'some words' }], ...extra,
    });

  test('is indexed from several files', () => {
    const folder = site({ 'a.jsonl': `${line('/a')}\n${line('/b')}\n`, 'b.jsonl': line('/c') });
    const out = join(folder, 'out');
    expect(run('index', '--documents', join(folder, 'a.jsonl'), '--documents', join(folder, 'b.jsonl'),
      '--out', out).code).toBe(0);
    expect(JSON.parse(run('inspect', out, '--json').out))
      .toMatchObject({ format: 1, languages: [{ lang: 'en', pages: 3 }] });
  });

  test('a bad line is an error naming file, line and field; --keep-going skips and counts it', () => {
    const folder = site({ 'a.jsonl': `${line('/a')}\n${line('/b', { sections: 5 })}\n{"url":\n${line('/c')}\n` });
    const file = join(folder, 'a.jsonl');
    const out = join(folder, 'out');
    const ran = run('index', '--documents', file, '--out', out);
    expect(ran.code).toBe(2);
    expect(ran.err).toContain(`${file}:2`);
    expect(ran.err).toContain('sections');
    expect(existsSync(join(out, 'manifest.json'))).toBe(false);
    const kept = run('index', '--documents', file, '--out', out, '--keep-going');
    expect(kept.code).toBe(0);
    expect(kept.err.match(/warning/g)).toHaveLength(2);
    expect(JSON.parse(run('inspect', out, '--json').out)).toMatchObject({ languages: [{ pages: 2 }] });
  });

  test('queries become a run whose scores fall strictly', () => {
    const folder = site({
      'd.jsonl': Array.from({ length: 9 }, (_, i) => line(`/p ${i}`)).join('\n'),
      'q.tsv': 'q1\ten\tsome words\nq2\ten\tnothing-there\n', 'bad.tsv': 'q1 only\n',
    });
    const out = join(folder, 'out');
    run('index', '--documents', join(folder, 'd.jsonl'), '--out', out, '--no-runtime');
    const { code, out: text } = run('run', out, '--queries', join(folder, 'q.tsv'), '--in', 'en');
    expect(code).toBe(0);
    const lines = text.trim().split('\n').map((entry) => entry.split(' '));
    expect(lines).toHaveLength(9);
    expect(lines[0]!.slice(0, 4)).toEqual(['q1', 'Q0', expect.stringMatching(/^\/p%20\d$/), '1']);
    const scores = lines.map((entry) => Number(entry[4]));
    for (let i = 1; i < scores.length; i++) expect(scores[i]).toBeLessThan(scores[i - 1]!);
    expect(run('run', out, '--queries', join(folder, 'bad.tsv')))
      .toMatchObject({ code: 2, err: expect.stringContaining('bad.tsv:1') });
  });
});
