import { describe, expect, test } from 'vitest';
import { guessLanguage, normalizeLanguage } from '../../web/cli/extract/language.js';
import { SiteAddress, addressKey } from '../../web/cli/site/address.js';
import { globPattern, pageUrl } from '../../web/cli/site/files.js';
import { groupPages } from '../../web/cli/site/groups.js';
import { PathLanguages } from '../../web/cli/site/path_language.js';
import { chooseTitles } from '../../web/cli/site/titles.js';

describe('addresses', () => {
  test('a page has the address that a server gives it', () => {
    expect(pageUrl('fr/guide/index.html', false)).toBe('/fr/guide/');
    expect(pageUrl('index.html', false)).toBe('/');
    expect(pageUrl('fr/guide/index.html', true)).toBe('/fr/guide/index.html');
    expect(pageUrl('a b/50%#?.html', false)).toBe('/a%20b/50%25%23%3F.html');
    expect(pageUrl('日本/ページ.html', false)).toBe('/%E6%97%A5%E6%9C%AC/%E3%83%9A%E3%83%BC%E3%82%B8.html');
  });

  test('spellings of one address are one', () => {
    expect(addressKey('/a/index.html?x#y')).toBe(addressKey('/a'));
    expect(addressKey('/a.html')).toBe(addressKey('/a/'));
    expect(addressKey('/%E6%97%A5')).toBe('/日');
  });

  test('the site\'s host is the one that pages give themselves; other hosts are other sites', () => {
    const site = new SiteAddress();
    site.vote('/guide/', 'https://docs.example.org/v2/guide/');
    site.vote('/install.html', 'https://docs.example.org/v2/install');
    site.vote('/guide/', 'https://mirror.example.net/guide/');
    expect(site.key('https://docs.example.org/v2/other/')).toBe('/other');
    expect(site.key('https://mirror.example.net/other/')).toBe('');
    expect(site.key('https://docs.example.org/v2')).toBe('/');
  });

  test('globs know folders, one name and alternatives', () => {
    const pattern = globPattern('**/*.{html,htm}');
    expect(['a.html', 'x/y/b.htm', 'x/c.txt', 'ahtml'].map((path) => pattern.test(path)))
      .toEqual([true, true, false, false]);
    expect(globPattern('docs/*/p?ge.html').test('docs/a/page.html')).toBe(true);
    expect(globPattern('docs/*/p?ge.html').test('docs/a/b/page.html')).toBe(false);
  });
});

describe('languages', () => {
  test('tags are normalised, words are no tags', () => {
    expect(['EN-us', 'pt_BR', 'zh-hant-tw', 'de_DE.UTF-8', 'ast', 'docs', 'api', ''].map(normalizeLanguage))
      .toEqual(['en-US', 'pt-BR', 'zh-Hant-TW', 'de-DE', 'ast', '', '', '']);
  });

  test('a text that declares nothing is known by its script or its small words', () => {
    expect(guessLanguage('The file is not in the folder that you open with this program.')).toBe('en');
    expect(guessLanguage('Die Datei ist nicht in dem Ordner, den Sie mit dem Programm öffnen, und das ist gut.'))
      .toBe('de');
    expect(guessLanguage('このファイルはフォルダーにありません。プログラムで開いてください。')).toBe('ja');
    expect(guessLanguage('这个文件不在文件夹里，请用程序打开它，然后再试一次。')).toBe('zh');
    expect(guessLanguage('این پرونده در پوشه نیست، لطفاً آن را با برنامه باز کنید')).toBe('fa');
    expect(guessLanguage('هذا الملف ليس في المجلد، افتحه بالبرنامج من فضلك')).toBe('ar');
    expect(guessLanguage('OK')).toBe('');
  });

  test('a folder is a locale when pages declare it or locales stand beside it', () => {
    const paths = new PathLanguages(['/docs/fr-FR/a.html', '/docs/ar-MA/a.html', '/it/tools.html', '/guide.de.html']);
    expect(paths.of('/docs/fr-FR/a.html', '', false)).toEqual({ lang: 'fr-FR', key: '/docs/a.html' });
    expect(paths.of('/it/tools.html', '', false)).toEqual({ lang: '', key: '/it/tools.html' });
    expect(paths.of('/it/tools.html', 'it', false)).toEqual({ lang: 'it', key: '/tools.html' });
    expect(paths.of('/it/tools.html', '', true)).toEqual({ lang: 'it', key: '/tools.html' });
    expect(paths.of('/guide.de.html', 'de', false)).toEqual({ lang: 'de', key: '/guide.html' });
  });
});

describe('translation groups', () => {
  const page = (url: string, lang: string, pathKey = url, ...alternates: number[]) =>
    ({ url, lang, pathKey, alternates: alternates.map((number) => ({ page: number, lang: '' })) });

  test('links join pages whose addresses differ', () => {
    const { groups, fromLinks, fromPaths } = groupPages([
      page('/en/install.html', 'en', '/install.html', 1), page('/fr/installer.html', 'fr', '/installer.html', 0),
      page('/en/use.html', 'en', '/use.html'), page('/fr/use.html', 'fr', '/use.html'),
    ]);
    expect(groups).toEqual(['install.html', 'install.html', 'use.html', 'use.html']);
    expect([fromLinks, fromPaths]).toEqual([1, 1]);
  });

  test('links of every page to a language\'s front page join nothing', () => {
    const { groups } = groupPages([
      page('/en/', 'en', '/', 0, 1), page('/fr/', 'fr', '/', 0, 1),
      page('/en/a/', 'en', '/a/', 0, 1), page('/fr/a/', 'fr', '/a/', 0, 1),
    ]);
    expect(groups).toEqual(['/', '/', 'a/', 'a/']);
  });

  test('a group holds one page a language, and a contradiction is said', () => {
    const { groups, conflicts } = groupPages([
      page('/en/a/', 'en', '/1', 2), page('/en/b/', 'en', '/2', 2), page('/fr/c/', 'fr', '/3'),
    ]);
    expect(groups[0]).toBe(groups[2]);
    expect(groups[1]).not.toBe(groups[2]);
    expect(conflicts).toEqual(['/en/b/ names /fr/c/ as its version in fr, which belongs to another page']);
  });

  test('groups that would share a name have different ones', () => {
    const { groups } = groupPages([page('/en/a', 'en', '/a'), page('/other/a', 'en', '/a')]);
    expect(new Set(groups).size).toBe(2);
  });
});

test('titles lose the name that the site adds to them, and keep dashes of their own', () => {
  const titles = ['Install | Docs', 'Use - and enjoy | Docs',
    'A – B | Docs'].map((title) => ({ lang: 'en', title, h1: '' }));
  expect(chooseTitles(titles)).toEqual(['Install', 'Use - and enjoy', 'A – B']);
  expect(chooseTitles([{ lang: 'en', title: 'Install — Docs', h1: 'Install' },
    { lang: 'en', title: 'x - y', h1: 'z' }]))
    .toEqual(['Install', 'x - y']);
  expect(chooseTitles([{ lang: 'en', title: '', h1: 'Heading' }])).toEqual(['Heading']);
});
