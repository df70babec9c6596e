import { describe, expect, test } from 'vitest';
import { exactRows, reorder } from '../../web/client/reorder.js';
import { echo, markedWords } from '../../web/element/echo.js';
import { resultUrl, siteRoot } from '../../web/element/link.js';
import { fill, ownName, Phrases, sameLanguage } from '../../web/element/strings/index.js';
import { tableName } from '../../web/element/strings/names.js';
import type { Strings } from '../../web/element/strings/table.js';
import { asSearchError, errorCodeOfStatus, SearchError } from '../../web/protocol/error.js';
import type { SearchHit, SearchResults } from '../../web/protocol/types.js';
import { bestMatch, likelyLanguages } from '../../web/worker/languages.js';
import { isFileName, parseManifest } from '../../web/worker/manifest.js';
import { requestText } from '../../web/worker/request.js';

describe('languages', () => {
  test.each([
    ['fr-CA', ['en', 'fr'], 'fr'],
    ['en', ['de', 'en-US'], 'en-US'],
    ['pt-BR', ['pt', 'pt-BR'], 'pt-BR'],
    ['zh-TW', ['zh-CN', 'zh-Hant'], 'zh-Hant'],
    ['zh', ['zh-TW', 'zh-CN'], 'zh-CN'],
    ['zh_hk', ['zh-CN'], 'zh-CN'],
    ['sr-Latn-RS', ['sr', 'sr-Latn'], 'sr-Latn'],
    ['sv', ['en', 'fr'], undefined],
    ['', ['en'], undefined],
  ])('a reader of %j is served from %j by %j', (wanted, available, match) => {
    expect(bestMatch(wanted, available)).toBe(match);
  });

  test('a query nobody answers is tried first in the languages of its script', () => {
    const site = ['de', 'en', 'fr', 'ja', 'ru', 'zh-CN'];
    expect(likelyLanguages('フォルダ', site)[0]).toBe('ja');
    expect(likelyLanguages('文件夹', site).slice(0, 2).sort()).toEqual(['ja', 'zh-CN']);
    expect(likelyLanguages('папка', site)[0]).toBe('ru');
    // A reader of Arabic who asks in Arabic has asked in Arabic, not in Persian.
    expect(likelyLanguages('مجلد', ['fa', 'en'], [], 'ar')).toEqual(['en', 'fa']);
  });

  test('among equals the browser’s languages come first, then English', () => {
    expect(likelyLanguages('dossier', ['de', 'en', 'fr', 'it'], ['fr-CH', 'it'])).toEqual(['fr', 'it', 'en', 'de']);
  });

  test('a site with very many languages has only some of them tried', () => {
    const many = Array.from({ length: 34 }, (_, number) => `q${String.fromCharCode(97 + number % 26)}${number}`);
    expect(likelyLanguages('word', many).length).toBeLessThanOrEqual(6);
  });
});

describe('requests', () => {
  test('new lines and backslashes of a query stay inside their line', () => {
    expect(requestText('a\nlimit=9\\', { lang: 'en' })).toBe('query=a\\nlimit=9\\\\\nlang=en\n');
  });

  test('a draft says so', () => {
    expect(requestText('q', { limit: 5 }, true)).toBe('query=q\nlimit=5\ndraft=1\n');
  });

  test('filters become one line a value, languages one list', () => {
    const options = { in: ['fr', 'de'], limit: 5, filters: { version: ['1', '2'] } };
    expect(requestText('q', options)).toBe('query=q\nin=fr,de\nlimit=5\nfilter=version:1\nfilter=version:2\n');
  });
});

describe('the manifest', () => {
  const english = { lang: 'en', dir: 'ltr', pages: 3, list: '0123456789abcdef.cgl', raw: 9, sha256: '0' };
  const whole = { format: 1, languages: [english] };

  test('is taken when it is whole', () => {
    expect(parseManifest(JSON.stringify(whole)).languages[0]?.list).toBe('0123456789abcdef.cgl');
  });

  test.each([
    ['not JSON', '{"format":1,', 'corrupt'],
    ['not an object', 'null', 'corrupt'],
    ['of a later format', JSON.stringify({ ...whole, format: 2 }), 'version'],
    ['without languages', JSON.stringify({ format: 1 }), 'corrupt'],
    ['with a list of more than 16 MiB', JSON.stringify(whole).replace('"raw":9', '"raw":16777217'), 'corrupt'],
    ['without a list’s hash', JSON.stringify(whole).replace('sha256', 'sha'), 'corrupt'],
    ['with a path for a name', JSON.stringify(whole).replace('0123', '../x'), 'corrupt'],
  ])('that is %s is refused', (_, text, code) => {
    expect(() => parseManifest(text)).toThrow(expect.objectContaining({ code }));
  });

  test.each(['', '.', '..', '../a.cgt', 'a/b.cgt', 'a.cgt?x', 'https://x/a.cgt', '%2e%2e', 7])(
    'no file of a bundle is called %j', (name) => { expect(isFileName(name)).toBe(false); });
});

describe('errors', () => {
  test('every status of the core has its code, later ones mean another version', () => {
    expect([1, 2, 3, 4, 5, 6, 7, 8, 99].map(errorCodeOfStatus)).toEqual([
      'argument', 'input', 'corrupt', 'version', 'version', 'missing', 'memory', 'network', 'version']);
  });

  test('what is thrown elsewhere gets a code and keeps its cause', () => {
    const cause = new TypeError('boom');
    expect(asSearchError(cause, 'network')).toMatchObject({ code: 'network', message: 'boom', cause });
    const own = new SearchError('missing', 'gone');
    expect(asSearchError(own, 'network')).toBe(own);
  });
});

describe('addresses', () => {
  const root = siteRoot('https://docs.example/base/crossglot/');

  test('a result lies below the folder around the bundle', () => {
    expect(resultUrl('/fr/guide/', '', root)).toBe('https://docs.example/base/fr/guide/');
    expect(resultUrl('fr/guide/', 'été', root)).toBe('https://docs.example/base/fr/guide/#%C3%A9t%C3%A9');
  });

  test.each(['javascript:alert(1)', '//evil.example/x', 'https://evil.example/', 'data:text/html,x'])(
    'an indexed address %j cannot leave the site', (path) => {
      expect(resultUrl(path, '', root)).toMatch(/^https:\/\/docs\.example\/base\//);
    });
});

describe('words that the core marked', () => {
  test('are marked in headings too, whole words only', () => {
    const words = ['table', 'tables', 'in'].sort((a, b) => b.length - a.length);
    const text = 'Tables in a Table: inserting tablets';
    expect(echo(text, words).map(([begin, end]) => text.slice(begin, end))).toEqual(['Tables', 'in', 'Table']);
  });

  test('have no boundaries in scripts without spaces', () => {
    expect(echo('打印小册子', ['打印'])).toEqual([[0, 2]]);
    expect(echo('プリンターの設定', ['設定'])).toEqual([[6, 8]]);
  });

  test('do not shift where lower case is longer', () => {
    expect(echo('İstanbul table', ['table'])).toEqual([]);
  });

  test('come from title and excerpts, once each, longest first', () => {
    const marks = [[2, 7], [11, 17]] as const;
    const section = { anchor: '', heading: '', excerpt: 'a Table of tables', marks, score: 1 };
    const hit = { url: '', group: '', lang: 'en', dir: 'ltr', title: 'table', titleMarks: [[0, 5]],
      sections: [section], languages: [], score: 1 } as const;
    expect(markedWords(hit)).toEqual(['tables', 'table']);
  });
});

/** As the element makes them: with the table that it loads for the language. */
async function phrasesOf(lang: string): Promise<Phrases> {
  const table = tableName(lang);
  const words = table && await import(`../../web/element/strings/${table}.ts`) as { readonly default: Strings };
  return new Phrases(lang, words ? words.default : undefined);
}

describe('the dialog’s words', () => {
  test.each([
    ['en', 1, '1 result'], ['en-GB', 1234, '1,234 results'], ['fr', 1, '1 résultat'],
    ['de', 1234, '1.234 Ergebnisse'],
    ['ru', 2, '2 результата'], ['ru', 5, '5 результатов'], ['ru', 21, '21 результат'], ['ar', 2, 'نتيجتان'],
    ['ja', 3, '3 件の結果'], ['fa', 4, '۴ نتیجه'], ['xx', 2, '2 results'], ['', 2, '2 results'],
  ])('in %j count %d as %j', async (lang, n, text) => {
    expect((await phrasesOf(lang)).count(n)).toBe(text);
  });

  test('Chinese comes in the script of its region', async () => {
    expect((await phrasesOf('zh-TW')).strings.placeholder).toBe('搜尋文件');
    expect((await phrasesOf('zh_CN')).strings.placeholder).toBe('搜索文档');
  });

  test('a query with braces or dollar signs is said as it was typed', () => {
    expect(fill('No results for “{query}”', { query: '{n} $& $1' })).toBe('No results for “{n} $& $1”');
  });

  test('languages have their own names, and their names for others', async () => {
    expect([ownName('fr'), ownName('ja'), ownName('de')]).toEqual(['Français', '日本語', 'Deutsch']);
    expect((await phrasesOf('fr')).nameOf('ja')).toBe('japonais');
    expect(new Phrases('en').nameOf('not a tag')).toBe('not a tag');
  });

  test.each([['en-US', 'en', true], ['zh-CN', 'zh-TW', false], ['iw', 'he', true], ['fr', 'en', false]])(
    'whoever reads %s reads %s: %s', (a, b, same) => { expect(sameLanguage(a, b)).toBe(same); });
});

describe('a reranker\'s order', () => {
  const answer = (scores: readonly number[], tiers: SearchResults['tiers'] = ['lexical', 'dense']): SearchResults => ({
    hits: scores.map((score, row): SearchHit => ({
      url: `/${row}`, group: `${row}`, lang: 'en', dir: 'ltr', title: '', titleMarks: [], sections: [], languages: [],
      score,
    })),
    total: scores.length, dropped: [], corrected: [], tiers, complete: true,
  });
  const urls = ({ hits }: SearchResults) => hits.map(({ url }) => url).join(' ');

  test('rows change places and scores stay; rows without a score stay behind, equal ones as they were', () => {
    const moved = reorder(answer([0.9, 0.8, 0.7, 0.6]), [1, 3, 1], 0);
    expect(urls(moved)).toBe('/1 /0 /2 /3');
    expect(moved.hits.map(({ score }) => score)).toEqual([0.9, 0.8, 0.7, 0.6]);
    expect(moved.tiers).toEqual(['lexical', 'dense', 'reranked']);
  });

  test('rows before the first that is scored stay', () => {
    expect(urls(reorder(answer([8.9, 8.8, 0.9, 0.8, 0.7]), [1, 2], 2))).toBe('/0 /1 /3 /2 /4');
  });

  test.each<[number, readonly number[], SearchResults['tiers']]>([
    [0, [], ['lexical', 'dense']],
    [0, [7.4, 0.5], ['lexical', 'dense']],
    [1, [8, 0.5, 0.4], ['lexical', 'dense']],
    [2, [14.9, 8.1], ['lexical', 'dense']],
    [0, [12, 0.5], ['lexical']],
  ])('%i of the rows with scores %j of %j are exact', (count, scores, tiers) => {
    expect(exactRows(answer(scores, tiers))).toBe(count);
  });
});
