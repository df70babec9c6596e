// What LibreOffice Help's own scripts do for the text of a page, without their search box and their statistics.

const languages = [
  ['en-US', 'English'],
  ['fr', 'Français'],
  ['de', 'Deutsch'],
  ['ja', '日本語'],
  ['zh-CN', '简体中文'],
];
const modules = {
  swriter: 'WRITER',
  scalc: 'CALC',
  simpress: 'IMPRESS',
  sdraw: 'DRAW',
  sdatabase: 'BASE',
  smath: 'MATH',
  schart: 'CHART',
  sbasic: 'BASIC',
};

const site = new URL(document.baseURI);
const path = location.pathname.slice(site.pathname.length); // "de/text/swriter/main0000.html"
const [language, , folder] = path.split('/');
const query = new URLSearchParams(location.search);
const module = query.get('DbPAR') ?? modules[folder] ?? 'SHARED';
const system =
  query.get('System') ?? (/Win/.test(navigator.userAgent) ? 'WIN' : /Mac/.test(navigator.userAgent) ? 'MAC' : 'UNIX');

document.documentElement.dataset.module = module;

// A passage may have a variant for a module or a system: show the one that fits, or the default.
for (const passage of document.querySelectorAll('[class^=switch][id]')) {
  const wanted = passage.id.startsWith('swlnsys') ? system : module;
  const variants = [...passage.querySelectorAll('span[id]')];
  const fitting = variants.filter((variant) => variant.id.startsWith(wanted));
  const shown = fitting.length > 0 ? fitting : variants.filter((variant) => variant.id.startsWith('default'));
  for (const variant of shown) variant.removeAttribute('hidden');
}

const nav = document.createElement('nav');
nav.className = 'demo-languages';
for (const [tag, name] of languages) {
  const link = document.createElement('a');
  link.href = new URL(tag + path.slice(language.length), site).pathname + location.hash;
  link.lang = tag;
  link.textContent = name;
  if (tag === language) link.setAttribute('aria-current', 'true');
  nav.append(link);
}
document.querySelector('#TopLeftHeader .dropdowns')?.replaceChildren(nav);

// On wide screens the contents are open from the start.
const contents = document.querySelector('#accordion-1');
if (contents && matchMedia('(min-width: 960px)').matches) contents.checked = true;
