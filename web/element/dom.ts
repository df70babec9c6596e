/** Small helpers that build nodes: text is always a text node, and no style or markup is ever written as a string. */

type Attributes = Readonly<Record<string, string | boolean | undefined>>;

/** An element with attributes (false and undefined: without) and children. */
export function el<K extends keyof HTMLElementTagNameMap>(
  tag: K, attributes: Attributes = {}, ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children);
  return element;
}

const SVG = 'http://www.w3.org/2000/svg';

/** A decorative icon of strokes in a box of 24 units. */
export function icon(path: string, name: string): SVGSVGElement {
  const svg = document.createElementNS(SVG, 'svg');
  for (const [key, value] of Object.entries({ viewBox: '0 0 24 24', 'aria-hidden': 'true', class: `icon ${name}` })) {
    svg.setAttribute(key, value);
  }
  const stroke = document.createElementNS(SVG, 'path');
  stroke.setAttribute('d', path);
  svg.append(stroke);
  return svg;
}

/** `text` with the UTF-16 ranges of `marks` in <mark>; ranges that do not fit are left out. */
export function marked(text: string, marks: readonly (readonly [number, number])[]): (Node | string)[] {
  const nodes: (Node | string)[] = [];
  let at = 0;
  for (const [begin, end] of marks) {
    if (begin < at || end <= begin || end > text.length) continue;
    if (begin > at) nodes.push(text.slice(at, begin));
    nodes.push(el('mark', { part: 'mark' }, text.slice(begin, end)));
    at = end;
  }
  if (at < text.length) nodes.push(text.slice(at));
  return nodes;
}

/** A style sheet that a strict content policy allows, made once. */
export function sheet(css: string): () => CSSStyleSheet {
  let made: CSSStyleSheet | undefined;
  return () => {
    if (!made) {
      made = new CSSStyleSheet();
      made.replaceSync(css);
    }
    return made;
  };
}
