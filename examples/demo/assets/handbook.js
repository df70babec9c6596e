// Links from a page of the handbook to the same page in the other languages.

const languages = [
  ['en-US', 'English'],
  ['fr-FR', 'Français'],
  ['ar-MA', 'العربية'],
  ['fa-IR', 'فارسی'],
];

const match = /^(.*\/)([^/]+)\/([^/]*)$/.exec(location.pathname);
const nav = document.createElement('nav');
nav.className = 'demo-languages';
for (const [tag, name] of languages) {
  const link = document.createElement('a');
  link.href = `${match[1]}${tag}/${match[3] || 'index.html'}`;
  link.lang = tag;
  link.textContent = name;
  if (tag === match[2]) link.setAttribute('aria-current', 'true');
  nav.append(link);
}
document.querySelector('#demo-bar')?.append(nav);
