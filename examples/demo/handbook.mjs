// The Debian Handbook as a site: four languages, two of them written from right to left.
//
// The pages carry no language: it stands in their path alone. They say dir="rtl" on <body> where they are.
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { htmlFiles } from './libreoffice.mjs';
import { assetsFolder, handbookLanguages, handbookSource, siteFolder } from './paths.mjs';
import { progress } from './progress.mjs';
import { isLeftOut } from './untranslated.mjs';

const target = () => join(siteFolder, 'handbook');

const head =
  '<meta name="viewport" content="width=device-width, initial-scale=1" />' +
  '<link rel="icon" href="data:," />' +
  '<link type="text/css" href="../demo.css" rel="stylesheet" />' +
  '<script type="module" src="../demo.js"></script>' +
  '<script type="module" src="../crossglot/ui.js"></script>';

/** The page with our box in the place of the banner that asks to buy the book. */
export function rewrite(html, language) {
  const box = `<div id="demo-bar"><crossglot-search lang="${language}"></crossglot-search></div>`;
  return html
    .replace('</head>', `${head}</head>`)
    .replace(/<div id="banner">.*?<\/div>/s, box);
}

export function assembleHandbook() {
  rmSync(target(), { recursive: true, force: true });
  mkdirSync(target(), { recursive: true });
  cpSync(join(assetsFolder, 'handbook.css'), join(target(), 'demo.css'));
  cpSync(join(assetsFolder, 'handbook.js'), join(target(), 'demo.js'));
  let pages = 0;
  for (const [number, language] of handbookLanguages.entries()) {
    progress(`writing the Debian Handbook (${language})`, number / handbookLanguages.length);
    const source = join(handbookSource, language);
    cpSync(source, join(target(), language), { recursive: true, dereference: true });
    for (const file of htmlFiles(source)) {
      const name = file.slice(source.length + 1);
      const copy = join(target(), language, name);
      if (isLeftOut('handbook', language, name)) {
        rmSync(copy);
        continue;
      }
      writeFileSync(copy, rewrite(readFileSync(file, 'utf8'), language));
      pages += 1;
    }
  }
  return pages;
}
