/** Whether the page around the element is light or dark, as a reader sees it. */

export type Scheme = 'light' | 'dark';

const DARK_MARKS = '[data-theme=dark],[data-pf-theme=dark],[data-md-color-scheme=slate],[data-bs-theme=dark],.dark';
const LIGHT_MARKS = '[data-theme=light],[data-pf-theme=light],[data-md-color-scheme=default],'
  + '[data-bs-theme=light],.light';

/** A theme's own mark on the root wins; then the colour of the page itself; then what the browser would paint. */
export function pageScheme(): Scheme {
  const roots = [document.body, document.documentElement];
  if (roots.some((root) => root.matches(DARK_MARKS))) return 'dark';
  if (roots.some((root) => root.matches(LIGHT_MARKS))) return 'light';
  for (const root of roots) {
    const painted = luminance(getComputedStyle(root).backgroundColor);
    if (painted !== undefined) return painted < 0.4 ? 'dark' : 'light';
  }
  const declared = getComputedStyle(document.documentElement).colorScheme;
  if (!declared.includes('dark')) return 'light';
  return !declared.includes('light') || matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}

/** 0 to 1 of a computed colour, or undefined where it lets most of what is behind through. */
function luminance(color: string): number | undefined {
  const numbers = color.match(/[\d.]+/g)?.map(Number);
  const [red, green, blue, alpha = 1] = numbers ?? [];
  if (!/^rgb/.test(color) || red === undefined || green === undefined || blue === undefined) return undefined;
  if (alpha < 0.5) return undefined;
  return (0.2126 * red + 0.7152 * green + 0.0722 * blue) / 255;
}
