/** The dialog's fixed parts. What changes lives in the list, the message and the status. */
import { el, icon } from './dom.js';
import { CLEAR, SEARCH } from './icons.js';
import type { Phrases } from './strings/index.js';

export interface View {
  readonly dialog: HTMLDialogElement;
  readonly input: HTMLInputElement;
  readonly clear: HTMLButtonElement;
  readonly close: HTMLButtonElement;
  /** What was corrected or left out, above the list. */
  readonly notes: HTMLElement;
  readonly list: HTMLElement;
  /** In the list's place: start, loading, nothing found, failed. */
  readonly message: HTMLElement;
  readonly count: HTMLElement;
  /** Read out by screen readers. Inside the dialog: what is outside a modal one is not read. */
  readonly status: HTMLElement;
}

export function createView(phrases: Phrases, direction: 'ltr' | 'rtl', placeholder: string | null): View {
  const { strings } = phrases;
  const hint = placeholder || strings.placeholder;
  const input = el('input', {
    type: 'search', part: 'input', role: 'combobox', 'aria-expanded': 'false', 'aria-controls': 'list',
    'aria-autocomplete': 'list', 'aria-haspopup': 'listbox', 'aria-label': hint, placeholder: hint,
    enterkeyhint: 'go', autocomplete: 'off', autocapitalize: 'none', autocorrect: 'off', spellcheck: 'false',
    dir: 'auto',
  });
  const clear = el('button', { type: 'button', class: 'clear', 'aria-label': strings.clear, hidden: true },
    icon(CLEAR, ''));
  const close = el('button', { type: 'button', class: 'close', 'aria-label': strings.close },
    el('kbd', { 'aria-hidden': 'true' }, 'Esc'), el('span', { 'aria-hidden': 'true' }, strings.cancel));
  const notes = el('div', { class: 'notes', hidden: true });
  const list = el('div', { id: 'list', part: 'list', role: 'listbox', 'aria-label': strings.results, hidden: true });
  const message = el('div', { class: 'message' });
  const count = el('span', { class: 'count', 'aria-hidden': 'true' });
  const status = el('div', { class: 'status', role: 'status' });
  const field = el('div', { class: 'field' }, icon(SEARCH, 'search'), input, clear, close);
  const progress = el('div', { class: 'progress', 'aria-hidden': 'true' });
  const footer = el('div', { class: 'footer', part: 'footer' }, keys(phrases), count);
  const dialog = el('dialog', { part: 'dialog', 'aria-label': hint, lang: phrases.lang, dir: direction },
    el('div', { class: 'frame' }, field, progress, notes, list, message, footer, status));
  return { dialog, input, clear, close, notes, list, message, count, status };
}


/** For the eye: the input's role tells a screen reader the same. */
function keys({ strings }: Phrases): HTMLElement {
  const entry = (names: readonly string[], text: string) =>
    el('span', {}, ...names.map((name) => el('kbd', {}, name)), text);
  return el('span', { class: 'hints', 'aria-hidden': 'true' },
    entry(['↑', '↓'], strings.keyMove), entry(['↵'], strings.keyOpen), entry(['Esc'], strings.keyClose));
}

/** A mark, a line, and what else belongs there. */
export function notice(sign: Node | undefined, title: string, ...rest: readonly Node[]): HTMLElement {
  const heading = el('p', { class: 'heading', dir: 'auto' }, title);
  return el('div', { class: 'notice' }, ...(sign ? [sign] : []), heading, ...rest);
}

/** Rows to come. */
export function skeleton(rows = 4): HTMLElement {
  const row = () => el('div', { class: 'bone' }, el('span'), el('span'));
  return el('div', { class: 'skeleton', 'aria-hidden': 'true' }, ...Array.from({ length: rows }, row));
}
