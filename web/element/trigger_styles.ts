import { sheet } from './dom.js';

/** The button takes its colours from the text around it, so that it fits any header, light or dark. */
export const triggerSheet = sheet(`
:host { display: inline-block; vertical-align: middle; }
:host([hidden]) { display: none; }
[part=trigger] {
  --tint: color-mix(in srgb, currentColor 7%, transparent);
  display: inline-flex; align-items: center; gap: .5rem;
  box-sizing: border-box; inline-size: 100%; min-block-size: 2.25rem; padding-block: 0; padding-inline: .65rem .5rem;
  border: 1px solid color-mix(in srgb, currentColor 22%, transparent);
  border-radius: var(--crossglot-radius, .6rem);
  background: var(--tint); color: inherit;
  font: inherit; font-family: var(--crossglot-font, inherit); font-size: .875rem; line-height: 1.2;
  text-align: start; cursor: pointer;
  -webkit-tap-highlight-color: transparent;
}
[part=trigger]:hover { --tint: color-mix(in srgb, currentColor 12%, transparent);
  border-color: color-mix(in srgb, currentColor 36%, transparent); }
[part=trigger]:focus-visible { outline: 2px solid var(--crossglot-accent, Highlight); outline-offset: 2px; }
.icon { flex: none; inline-size: 1.1em; block-size: 1.1em; fill: none; stroke: currentColor; stroke-width: 1.9;
  stroke-linecap: round; stroke-linejoin: round; }
.label { flex: 1; white-space: nowrap; }
.keys { display: inline-flex; gap: .2rem; margin-inline-start: .6rem; direction: ltr; }
.keys:empty { display: none; }
.keys kbd { padding: .18em .42em; border: 1px solid color-mix(in srgb, currentColor 22%, transparent);
  border-radius: .32rem; font: inherit; font-size: .72rem; line-height: 1.15; }
@media (max-width: 40rem) {
  .keys { display: none; }
  /* Out of sight, still the button's name. */
  .label { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); }
  [part=trigger] { justify-content: center; min-inline-size: 2.75rem; min-block-size: 2.75rem; padding: 0; }
  .icon { inline-size: 1.3em; block-size: 1.3em; }
}
@media (pointer: coarse) { .keys { display: none; } }
@media (prefers-reduced-motion: no-preference) { [part=trigger] { transition: background .15s, border-color .15s; } }
@media print { :host { display: none; } }
`);
