import { sheet } from './dom.js';

/**
 * The dialog. Colours come from the page's theme where it is a known one; `color-scheme` on the dialog decides
 * between light and dark where it is not. Logical properties only: right-to-left needs no rule of its own.
 */
export const panelSheet = sheet(`
dialog {
  --light-dark-bg: light-dark(#fff, #1a1c22);
  --light-dark-text: light-dark(#1c2024, #eceef1);
  --light-dark-accent: light-dark(#3457d5, #8fa8ff);
  --bg: var(--crossglot-background, var(--sl-color-bg, var(--vp-c-bg, var(--ifm-background-surface-color,
    var(--md-default-bg-color, var(--light-dark-bg))))));
  --text: var(--crossglot-text, var(--sl-color-text, var(--vp-c-text-1, var(--ifm-font-color-base,
    var(--md-default-fg-color, var(--light-dark-text))))));
  --accent: var(--crossglot-accent, var(--sl-color-text-accent, var(--vp-c-brand-1, var(--ifm-color-primary,
    var(--md-typeset-a-color, var(--light-dark-accent))))));
  --muted: color-mix(in srgb, var(--text) 70%, var(--bg));
  --line: var(--crossglot-border, color-mix(in srgb, var(--text) 14%, var(--bg)));
  --soft: color-mix(in srgb, var(--text) 5%, var(--bg));
  --chosen: color-mix(in srgb, var(--accent) 13%, var(--bg));
  --round: var(--crossglot-radius, .9rem);
  box-sizing: border-box; inline-size: min(var(--crossglot-width, 44rem), calc(100vw - 2rem)); max-inline-size: none;
  block-size: fit-content; max-block-size: min(80dvh, 46rem);
  margin: min(11dvh, 6rem) auto auto; padding: 0; overflow: hidden;
  border: 1px solid var(--line); border-radius: var(--round);
  background: var(--bg); color: var(--text);
  font: 400 1rem/1.5 var(--crossglot-font, system-ui, sans-serif);
  text-align: start; letter-spacing: normal; text-transform: none;
  box-shadow: 0 1.5rem 4rem -.5rem rgb(0 0 0 / .35), 0 .25rem 1rem rgb(0 0 0 / .12);
}
dialog.forced { --bg: var(--crossglot-background, var(--light-dark-bg)); --text: var(--crossglot-text,
  var(--light-dark-text)); --accent: var(--crossglot-accent, var(--light-dark-accent)); }
dialog[data-scheme=light] { color-scheme: light; }
dialog[data-scheme=dark] { color-scheme: dark; }
dialog::backdrop { background: rgb(10 12 18 / .5); backdrop-filter: blur(3px); }
.frame { display: flex; flex-direction: column; max-block-size: inherit; }
[hidden] { display: none !important; }
p { margin: 0; }
kbd { font: inherit; }
.icon { flex: none; inline-size: 1.25rem; block-size: 1.25rem; fill: none; stroke: currentColor; stroke-width: 1.7;
  stroke-linecap: round; stroke-linejoin: round; }

.field { display: flex; align-items: center; gap: .5rem; flex: none; padding-inline: 1.1rem .75rem;
  block-size: 3.75rem; border-block-end: 1px solid var(--line); }
.field > .icon { color: var(--accent); }
input { flex: 1; min-inline-size: 0; block-size: 100%; margin: 0; padding: 0 .25rem; border: 0; outline: 0;
  background: none; color: inherit; font: inherit; font-size: 1.125rem; appearance: none; }
input::placeholder { color: var(--muted); opacity: 1; }
input::-webkit-search-cancel-button { display: none; }
.field button { display: grid; place-items: center; flex: none; min-inline-size: 2rem; min-block-size: 2rem;
  padding: 0 .35rem; border: 0; border-radius: .5rem; background: none; color: var(--muted); font: inherit;
  cursor: pointer; }
.field button:hover { background: var(--soft); color: var(--text); }
button:focus-visible { outline: 2px solid var(--accent); outline-offset: 1px; }
.clear .icon { inline-size: 1.1rem; block-size: 1.1rem; }
.close span { display: none; }
kbd { display: inline-block; padding: .1em .45em; border: 1px solid var(--line); border-block-end-width: 2px;
  border-radius: .35rem; background: var(--soft); color: var(--muted); font-size: .75rem; line-height: 1.35; }
.progress { flex: none; block-size: 2px; margin-block-start: -2px; overflow: hidden; }
.waiting .progress::after { content: ''; display: block; block-size: 100%; inline-size: 30%;
  margin-inline-start: 35%; background: var(--accent); }

.notes { flex: none; padding: .6rem 1.25rem; border-block-end: 1px solid var(--line); background: var(--soft);
  color: var(--muted); font-size: .875rem; }
[role=listbox] { flex: 1; min-block-size: 0; padding: .5rem; overflow: hidden auto; overscroll-behavior: contain;
  position: relative; scroll-padding: .5rem; scrollbar-width: thin; scrollbar-color: var(--line) transparent; }
[role=group] { margin-block-end: .25rem; }
[role=option] { display: flex; align-items: flex-start; gap: .75rem; padding: .55rem .75rem; border-radius: .6rem;
  color: inherit; text-decoration: none; cursor: pointer; outline: 0; -webkit-tap-highlight-color: transparent; }
.section { position: relative; padding-inline-start: 2.75rem; }
.section::before { content: ''; position: absolute; inset-block: 0; inset-inline-start: 1.33rem;
  border-inline-start: 1.5px solid var(--line); }
.kind { margin-block-start: .15rem; color: var(--muted); }
.section .kind { inline-size: 1rem; block-size: 1rem; margin-block-start: .2rem; }
.words { flex: 1; min-inline-size: 0; }
.head { display: flex; align-items: baseline; gap: .6rem; }
.title { min-inline-size: 0; overflow-wrap: anywhere; font-weight: 600; line-height: 1.4; }
.section .title { font-size: .9375rem; font-weight: 500; }
.badge { flex: none; margin-inline-start: auto; padding: .05rem .5rem; border: 1px solid var(--line);
  border-radius: 1rem; background: var(--soft); color: var(--muted); font-size: .75rem; line-height: 1.5; }
.excerpt { display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 2; overflow: hidden;
  color: var(--muted); font-size: .875rem; line-height: 1.45; overflow-wrap: anywhere; }
.section .excerpt { -webkit-line-clamp: 1; }
/* Text keeps its own direction inside, and the dialog's side. */
dialog[dir=ltr] :is(.title, .excerpt) { text-align: left; }
dialog[dir=rtl] :is(.title, .excerpt) { text-align: right; }
mark { background: color-mix(in srgb, var(--accent) 24%, transparent); color: var(--text); border-radius: .2em;
  padding-inline: .08em; font-weight: 600; }
.enter { align-self: center; inline-size: 1.1rem; block-size: 1.1rem; color: var(--accent); visibility: hidden; }
.enter:dir(rtl) { transform: scaleX(-1); }
[role=listbox]:not(:has([aria-selected=true])) .first { background: var(--soft); }
[role=option][aria-selected=true] { background: var(--chosen); }
[role=option][aria-selected=true] .kind { color: var(--accent); }
[role=option][aria-selected=true] .enter { visibility: visible; }
[aria-busy=true] { opacity: .6; }

.message { flex: 1; min-block-size: 0; overflow: hidden auto; }
.notice { display: flex; flex-direction: column; align-items: center; gap: .5rem; padding: 2.25rem 2rem 2.5rem;
  text-align: center; color: var(--muted); font-size: .9375rem; }
.notice .heading { color: var(--text); font-size: 1.0625rem; font-weight: 600; overflow-wrap: anywhere; }
.large { inline-size: 2.25rem; block-size: 2.25rem; margin-block-end: .25rem; stroke-width: 1.3;
  color: var(--muted); }
[data-state=start] .heading { max-inline-size: 26rem; color: var(--muted); font-size: .9375rem; font-weight: 400; }
[data-state=failed] .large { color: light-dark(#b3261e, #ff9b8f); }
.detail { max-inline-size: 32rem; font-size: .8125rem; overflow-wrap: anywhere; }
.languages { display: flex; flex-wrap: wrap; justify-content: center; gap: .4rem; margin: .5rem 0 0; padding: 0;
  list-style: none; }
.languages li { padding: .1rem .7rem; border: 1px solid var(--line); border-radius: 1rem; background: var(--soft);
  font-size: .8125rem; }
.retry { margin-block-start: .5rem; min-block-size: 2.5rem; padding: 0 1.25rem; border: 1px solid var(--accent);
  border-radius: .6rem; background: var(--chosen); color: var(--text); font: inherit; font-weight: 500;
  cursor: pointer; }
.retry:hover { background: color-mix(in srgb, var(--accent) 22%, var(--bg)); }
.skeleton { padding: 1rem 1.25rem 1.25rem; }
.bone { display: grid; gap: .55rem; padding-block: .7rem; }
.bone span { block-size: .8rem; inline-size: 45%; border-radius: .3rem; background: var(--line); }
.bone span + span { inline-size: 85%; block-size: .65rem; background: var(--soft); }
.bone:nth-child(even) span { inline-size: 32%; }
.bone:nth-child(even) span + span { inline-size: 72%; }

.footer { display: flex; align-items: center; gap: 1rem; flex: none; min-block-size: 2.5rem; padding-inline: 1.1rem;
  border-block-start: 1px solid var(--line); color: var(--muted); font-size: .8125rem; }
.hints { display: flex; flex-wrap: wrap; gap: .3rem 1.1rem; }
.hints > span { display: inline-flex; align-items: center; gap: .3rem; }
.count { margin-inline-start: auto; white-space: nowrap; }
.status { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%);
  white-space: nowrap; }

@media (max-width: 40rem) {
  dialog { inline-size: 100vw; block-size: 100dvh; max-block-size: none; margin: 0; border: 0; border-radius: 0; }
  .frame { block-size: 100%; }
  .field { padding-inline: 1rem .5rem; }
  .field button { min-inline-size: 2.75rem; min-block-size: 2.75rem; }
  .close kbd { display: none; }
  .close span { display: inline; color: var(--accent); }
  [role=option] { min-block-size: 2.75rem; box-sizing: border-box; }
  .section { padding-inline-start: 2.5rem; }
  .enter { display: none; }
  .hints { display: none; }
  .footer:not(:has(.count:not(:empty))) { display: none; }
  .count { margin-inline: auto; }
}
@media (pointer: coarse) { .hints { display: none; } }
@media (forced-colors: active) {
  [role=option][aria-selected=true] { outline: 2px solid Highlight; outline-offset: -2px; }
  mark { background: Mark; color: MarkText; }
  .waiting .progress::after { background: Highlight; }
}
@media (prefers-reduced-motion: no-preference) {
  dialog[open] { animation: appear .16s ease-out; }
  dialog[open]::backdrop { animation: fade .16s ease-out; }
  .waiting .progress::after { animation: pass 1.1s ease-in-out infinite alternate; }
  .bone { animation: breathe 1.2s ease-in-out infinite alternate; }
}
@keyframes appear { from { opacity: 0; transform: translateY(-.5rem) scale(.985); } }
@keyframes fade { from { opacity: 0; } }
@keyframes pass { from { margin-inline-start: 0; } to { margin-inline-start: 70%; } }
@keyframes breathe { to { opacity: .5; } }
`);
