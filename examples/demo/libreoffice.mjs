// LibreOffice Help as a site: the pages of five languages as they are, with our search box instead of theirs.
//
// What a page loses: its scripts (one loads a statistics program from another host, others the index of terms that
// our check asks for), its own search box, and two style sheets of packages that are not there. What it gains: the
// box, and a script that does what theirs did for the text (show the variant for this module and system). A few
// pages lose their translations (untranslated.mjs).
import { cpSync, linkSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { assetsFolder, libreofficeLanguages, libreofficeSource, siteFolder } from './paths.mjs';
import { progress } from './progress.mjs';
import { isLeftOut } from './untranslated.mjs';

const target = () => join(siteFolder, 'libreoffice');

const head =
  '<link type="text/css" href="demo.css" rel="stylesheet">' +
  '<script type="module" src="demo.js"></script>' +
  '<script type="module" src="crossglot/ui.js"></script>';

/** The page with our box in it. All addresses are relative to the page's own `<base href>`, the site's root. */
export function rewrite(html, language) {
  return html
    .replace(/<script\b[^>]*src="(?![^"]*contents\.js")[^"]*"[^>]*><\/script>/g, '')
    .replace(/<link\b[^>]*href="(?:normalize|prism)\.css"[^>]*>/g, '')
    .replace(/<aside class="leftside">.*?<\/aside>/s, '')
    .replace('</head>', `${head}</head>`)
    .replace(
      '<div class="dropdowns">',
      `<crossglot-search lang="${language}"></crossglot-search><div class="dropdowns">`,
    );
}

export function htmlFiles(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.html'))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort();
}

/** The same files under a second name where the file system can, else copies. */
export function linkTree(from, to) {
  mkdirSync(to, { recursive: true });
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const source = join(from, entry.name);
    if (entry.isDirectory()) {
      linkTree(source, join(to, entry.name));
    } else if (entry.isFile()) {
      try {
        linkSync(source, join(to, entry.name));
      } catch {
        cpSync(source, join(to, entry.name));
      }
    }
  }
}

export function assembleLibreoffice() {
  rmSync(target(), { recursive: true, force: true });
  mkdirSync(target(), { recursive: true });
  linkTree(join(libreofficeSource, 'media'), join(target(), 'media'));
  cpSync(join(libreofficeSource, 'default.css'), join(target(), 'default.css'));
  cpSync(join(assetsFolder, 'libreoffice.css'), join(target(), 'demo.css'));
  cpSync(join(assetsFolder, 'libreoffice.js'), join(target(), 'demo.js'));
  let pages = 0;
  for (const [number, language] of libreofficeLanguages.entries()) {
    progress(`writing LibreOffice Help (${language})`, number / libreofficeLanguages.length);
    const source = join(libreofficeSource, language);
    for (const file of htmlFiles(join(source, 'text'))) {
      const name = file.slice(source.length + 1);
      if (isLeftOut('libreoffice', language, name)) continue;
      const copy = join(target(), language, name);
      mkdirSync(dirname(copy), { recursive: true });
      writeFileSync(copy, rewrite(readFileSync(file, 'utf8'), language));
      pages += 1;
    }
    cpSync(join(source, 'contents.js'), join(target(), language, 'contents.js'));
  }
  return pages;
}
