import { describe, expect, test } from 'vitest';
import { extractPage } from '../../web/cli/extract/extract.js';
import type { ExtractedPage } from '../../web/cli/extract/page.js';

const kDefaults = { rootSelector: '', excludeSelectors: [], forceLanguage: '' };

function extract(html: string, url = '/en/guide/page.html', options = {}): ExtractedPage {
  return extractPage(Buffer.from(html), url, { ...kDefaults, ...options });
}

function texts(html: string, options = {}): string {
  return extract(html, undefined, options).sections.map(({ heading, text }) => `${heading}\n${text}`).join('\n');
}

describe('what a page says about itself', () => {
  test('a language tag is read from html, normalised, or from the metas that generators write', () => {
    expect(extract('<html lang="zh_cn"><p>x').lang).toBe('zh-CN');
    expect(extract('<html xml:lang="fr"><p>x').lang).toBe('fr');
    expect(extract('<html lang="sr_latn"><p>x').lang).toBe('sr-Latn');
    expect(extract('<meta http-equiv="Content-Language" content="de-at"><p>x').lang).toBe('de-AT');
    expect(extract('<meta name="docsearch:language" content="ko"><p>x').lang).toBe('ko');
    expect(extract('<html lang="not a tag"><p>x').lang).toBe('');
    expect(extract('<p>x').lang).toBe('');
  });

  test('the direction of the page is kept', () => {
    expect(extract('<html lang="fa" dir="rtl"><p>x').dir).toBe('rtl');
    expect(extract('<html lang="fa"><p>x').dir).toBe('');
  });

  test('hreflang links are resolved through base, wherever it stands', () => {
    const page = extract('<head><link rel="alternate" hreflang="fr" href="fr/guide/page.html#top">'
      + '<base href="../../"><link rel="alternate" hreflang="x-default" href="en/guide/page.html"></head>'
      + '<a hreflang="de_at" href="de/p.html">de</a>');
    expect(page.alternates).toEqual([
      { lang: 'fr', href: 'http://site.invalid/fr/guide/page.html' },
      { lang: 'de-AT', href: 'http://site.invalid/de/p.html' },
    ]);
  });

  test('robots metas mark a page that is not to be indexed', () => {
    expect(extract('<meta name="robots" content="follow, NOINDEX">').noindex).toBe(true);
    expect(extract('<meta name="robots" content="none">').noindex).toBe(true);
    expect(extract('<meta name="robots" content="index">').noindex).toBe(false);
  });

  test('a refresh is a redirect, unless it stands in noscript, is slow or leads nowhere else', () => {
    expect(extract('<meta http-equiv="refresh" content="0; URL=../new/">').redirect)
      .toBe('http://site.invalid/en/new/');
    expect(extract("<meta http-equiv=\"Refresh\" content=\"0;url='/new/'\">").redirect)
      .toBe('http://site.invalid/new/');
    expect(extract('<noscript><meta http-equiv="refresh" content="0; URL=/noscript.html"></noscript>').redirect)
      .toBe('');
    expect(extract('<meta http-equiv="refresh" content="600; URL=/later/">').redirect).toBe('');
    expect(extract('<meta http-equiv="refresh" content="5">').redirect).toBe('');
    expect(extract('<meta http-equiv="refresh" content="0; URL=page.html">').redirect).toBe('');
  });

  test('versions and tags of DocSearch and Docusaurus metas become filters', () => {
    const { filters } = extract('<meta name="docsearch:version" content="2.1, latest">'
      + '<meta name="docusaurus_version" content="2.1"><meta name="docusaurus_tag" content="docs-default-2.1">');
    expect(filters).toEqual({ version: ['2.1', 'latest'], tag: ['docs-default-2.1'] });
  });

  test('data-pagefind-meta, -filter and -weight are honoured', () => {
    const page = extract('<html lang="en"><title>Tab</title><body><main data-pagefind-weight="2.5">'
      + '<h1 data-pagefind-meta="title">Page</h1><span data-pagefind-filter="author">Ann</span>'
      + '<i data-pagefind-filter="kind:guide, level[data-l]" data-l="3"></i><p>x</p></main>');
    expect(page.title).toBe('Page');
    expect(page.filters).toEqual({ author: ['Ann'], kind: ['guide'], level: ['3'] });
    expect(page.weight).toBe(2.5);
  });
});

describe('where the content is', () => {
  test('main is found, and navigation, header, footer, asides and forms around it are not read', () => {
    expect(texts('<body><header>Site</header><nav>menu</nav><aside class="toc">on this page</aside>'
      + '<div role="main"><h1>Title</h1><p>Text</p><form>search</form></div><footer>legal</footer>'))
        .toBe('Title\nText');
    expect(texts('<body><nav>menu</nav><main><p>Text</p></main>')).toBe('\nText');
    expect(texts('<body><nav>menu</nav><article><p>One</p></article><article><p>Two</p></article>'))
      .toBe('\nOne\nTwo');
  });

  test('content without semantics is found by the ids and classes of generators', () => {
    expect(texts('<body><div>banner</div><div id="DisplayArea"><h1>T</h1>a</div>')).toBe('T\na');
    expect(texts('<body><div id="banner">Get it</div><ul class="docnav"><li>Next</li></ul>'
      + '<div class="chapter"><h2>C</h2><div class="para">a</div></div>')).toBe('C\na');
    expect(texts('<body><p>only</p><nav>menu</nav>')).toBe('\nonly');
  });

  test('a content class inside main cuts off what is around it, but not the title', () => {
    expect(texts('<main><div>crumbs</div>'
      + '<div class="theme-doc-markdown"><header><h1>T</h1></header><p>a</p></div></main>'))
      .toBe('T\na');
    expect(texts('<main><h1>T</h1><div class="sl-markdown-content"><p>a</p></div></main>')).toBe('T\na');
  });

  test('data-pagefind-body wins over main, and is noticed for the site', () => {
    const page = extract('<main>no<section data-pagefind-body>yes</section></main>');
    expect(page.marked).toBe(true);
    expect(page.sections.map(({ text }) => text)).toEqual(['yes']);
  });

  test('marked parts, hidden parts and furniture are left out', () => {
    expect(texts('<main><p>a</p><p data-pagefind-ignore>b</p><p data-search-exclude>c</p><p aria-hidden="true">d</p>'
      + '<p hidden>e</p><div role="tabpanel" hidden>tab</div><p data-pagefind-weight="0">f</p><script>g</script>'
      + '<style>h</style><svg><title>i</title></svg><p class="sr-only">j</p><button>k</button></main>'))
        .toBe('\na\ntab');
  });

  test('translators\' keywords are never indexed', () => {
    const page = extract('<main><meta itemprop="keywords" content="secretkeyword"><h1>T</h1><p>a</p></main>');
    expect(JSON.stringify(page)).not.toContain('secretkeyword');
  });

  test('the user\'s selectors choose and exclude', () => {
    const html = '<body><main>no</main><div class="doc">yes <b class="x">not</b><i>too</i></div>';
    expect(texts(html, { rootSelector: 'div.doc' })).toBe('\nyes not too'.replace('not ', 'not'));
    expect(texts(html, { rootSelector: '.doc', excludeSelectors: ['.x', 'i'] })).toBe('\nyes');
    expect(texts(html, { rootSelector: '.absent' })).toBe('');
  });
});

describe('sections', () => {
  test('a heading takes its own id, one inside, one just before, a wrapper\'s, or that of the section before', () => {
    const { sections } = extract('<main><h1>Top</h1><p>t</p><h2 id="own"><a name="other"></a>A</h2><p>a</p>'
      + '<h2><a id="inside"></a>B</h2><p>b</p><a name="before"></a><h3>C</h3><p>c</p>'
      + '<section id="wrapper"><div><h3>D</h3><p>d</p></div></section><h4>E</h4><p>e</p></main>');
    expect(sections.map(({ anchor, level, heading, text }) => [anchor, level, heading, text])).toEqual([
      ['', 1, 'Top', 't'], ['own', 2, 'A', 'a'], ['inside', 2, 'B', 'b'], ['before', 3, 'C', 'c'],
      ['wrapper', 3, 'D', 'd'], ['wrapper', 4, 'E', 'e'],
    ]);
  });

  test('links of headings to themselves are no words of them', () => {
    const { sections } = extract('<main><h2 id="a" class="anchor">Name<a class="headerlink" href="#a">¶</a>'
      + '<a class="hash-link" href="#a">Direct link to Name</a></h2><p>x</p>'
      + '<h2 id="b"><a class="header" href="#b">Whole</a></h2><p>y</p>'
      + '<a class="anchor" id="c"></a><h2>Third</h2></main>');
    expect(sections.map(({ anchor, heading }) => [anchor, heading]))
      .toEqual([['a', 'Name'], ['b', 'Whole'], ['c', 'Third']]);
  });

  test('every block element is one line, inline elements flow, white space collapses', () => {
    expect(texts('<main><p>one  <b>two</b>\n three<br>four</p><ul><li>five<li><p>six</p></ul>'
      + '<table><tr><td>seven</td><td>eight</td></tr></table>nine<div>ten<div>eleven</div>twelve</div></main>'))
      .toBe('\none two three four\nfive\nsix\nseven\neight\nnine\nten\neleven\ntwelve');
  });

  test('preformatted text is code with its lines; code in a sentence stays in it', () => {
    const [section] = extract('<main><p>Run <code>npm i</code> now.</p><pre><code><span class="lineno">1</span>'
      + '<span>if (a) {</span><br><span>  b();  </span>\n}</code><button>Copy</button></pre><pre>x\n</pre></main>')
      .sections;
    expect(section!.text).toBe('Run npm i now.');
    expect(section!.code).toBe('if (a) {\n  b();\n}\nx');
  });

  test('nested languages become spans of UTF-8 bytes', () => {
    const [section] = extract('<html lang="de"><main>'
      + '<p>Grüße, <span lang="fr">à bientôt </span>sagt <i lang="de-AT">er</i>.</p>'
      + '<blockquote lang="en"><p>one</p><p>two</p></blockquote><p>Ende</p></main>').sections;
    const bytes = Buffer.from(section!.text);
    expect(section!.spans.map(([begin, end, lang]) => [bytes.subarray(begin, end).toString(), lang]))
      .toEqual([['à bientôt', 'fr'], ['one\ntwo', 'en']]);
  });

  test('content under another lang than its page is a fallback in that language', () => {
    const inside = extract('<html lang="fr" dir="ltr"><main>'
      + '<div lang="ar" dir="rtl"><h1>عنوان</h1><p>نص</p></div></main>');
    expect([inside.contentLang, inside.dir]).toEqual(['ar', 'rtl']);
    expect(extract('<html lang="fr"><main lang="fr-CA"><p>x</p></main>').contentLang).toBe('');
    expect(extract('<html lang="fr"><main><p lang="en">x</p><p>y</p></main>').contentLang).toBe('');
  });
});

describe('bytes that are no good HTML', () => {
  test('text that is not UTF-8 is read by its declared encoding, or with replacements that are said', () => {
    const latin = Buffer.from('<html lang="fr"><meta charset="iso-8859-1"><main>caf\xe9</main>', 'latin1');
    expect(extractPage(latin, '/x.html', kDefaults))
      .toMatchObject({ brokenText: false, sections: [{ text: 'café' }] });
    const broken = Buffer.from('<html lang="fr"><meta charset="utf-8"><main>caf\xe9 noir</main>', 'latin1');
    expect(extractPage(broken, '/x.html', kDefaults))
      .toMatchObject({ brokenText: true, sections: [{ text: 'caf\ufffd noir' }] });
  });

  test('nothing, text alone and a hundred thousand open elements are pages too', () => {
    expect(extract('').sections).toEqual([]);
    expect(extract('just words').sections).toMatchObject([{ text: 'just words' }]);
    expect(extract(`<main><p>a</p>${'<div>'.repeat(100_000)}deep`).sections).toMatchObject([{ text: 'a' }]);
  });
});
