/** The dialog: brings input, list and index together. Loaded when a reader is about to search. */
import { open as openBundle } from '../client/index.js';
import type { SearchError } from '../protocol/error.js';
import type { SearchIndex, SearchResults } from '../protocol/types.js';
import { el, icon } from './dom.js';
import type { CrossglotSearch, NavigateDetail, SearchPanel } from './element.js';
import { FAILED, NOTHING, SEARCH } from './icons.js';
import { siteRoot } from './link.js';
import { directionOf, pageLanguage } from './page.js';
import { panelSheet } from './panel_styles.js';
import { ResultList } from './result_list.js';
import { Searcher } from './searcher.js';
import { fill, ownName, Phrases } from './strings/index.js';
import type { Strings } from './strings/table.js';
import { pageScheme } from './theme.js';
import { createView, notice, skeleton, type View } from './view.js';

/** Long enough after the last answer that a screen reader has said the typed letters. */
const STATUS_MS = 500;
/** WebKit ends a composition before it reports the Enter that ended it. */
const COMPOSED_MS = 50;

/** One worker a bundle and language, for as long as the page: soft navigations replace the element, not the page. */
const opened = new Map<string, Promise<SearchIndex>>();

/** `model`: "none", a pack's folder, or the one that belongs to the bundle. */
function sharedIndex(folder: URL, lang: string, model: string | null): Promise<SearchIndex> {
  const key = `${folder} ${lang} ${model}`;
  let index = opened.get(key);
  if (!index) {
    index = openBundle(folder, { lang, ...(model && { model: model !== 'none' && model }) });
    opened.set(key, index);
    index.catch(() => opened.delete(key));
  }
  return index;
}

/** `strings`: the dialog's words in the reader's language; undefined: English. */
export function createPanel(host: CrossglotSearch, trigger: HTMLElement, strings?: Strings): SearchPanel {
  return new Panel(host, trigger, strings);
}

class Panel implements SearchPanel {
  readonly #host: CrossglotSearch;
  readonly #trigger: HTMLElement;
  readonly #lang: string;
  readonly #phrases: Phrases;
  readonly #view: View;
  readonly #list: ResultList;
  readonly #searcher: Searcher;
  #query = '';
  /** The query whose rows are shown. */
  #answered = '';
  /** Opened, and its closing not seen to yet. */
  #shown = false;
  #composing = false;
  #composedAt = -Infinity;
  /** Enter pressed before its answer was there: opens the first row as soon as it is. */
  #entered: KeyboardEvent | undefined;
  #statusTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: CrossglotSearch, trigger: HTMLElement, strings: Strings | undefined) {
    this.#host = host;
    this.#trigger = trigger;
    this.#lang = pageLanguage(host);
    this.#phrases = new Phrases(this.#lang, strings);
    this.#view = createView(this.#phrases, directionOf(host, this.#lang), host.getAttribute('placeholder'));
    this.#list = new ResultList(this.#view.list, this.#view.input);
    const open = () => (host.index ? Promise.resolve(host.index)
      : sharedIndex(host.folder, this.#lang, host.getAttribute('model')));
    const limit = Math.min(Math.max(Number.parseInt(host.getAttribute('limit') ?? '', 10) || 10, 1), 100);
    this.#searcher = new Searcher(open, { lang: this.#lang, limit }, {
      results: (results, query) => this.#show(results, query),
      settled: (results, query) => this.#settle(results, query),
      slow: () => this.#wait(),
      failed: (error, query) => this.#fail(error, query),
    });
    this.#listen();
    const root = host.shadowRoot!;
    const sheet = panelSheet();
    if (!root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets.push(sheet);
    root.append(this.#view.dialog);
  }

  get isOpen(): boolean {
    return this.#view.dialog.open;
  }

  warm(): void {
    // Who comes back may find a newer deploy, or a model that was not there.
    this.#searcher.index().then((index): unknown => this.#query && index.prefetch()).catch(() => undefined);
  }

  open(): void {
    const { dialog, input } = this.#view;
    if (dialog.open) return;
    const theme = this.#host.getAttribute('theme');
    const forced = theme === 'light' || theme === 'dark';
    dialog.dataset['scheme'] = forced ? theme : pageScheme();
    dialog.classList.toggle('forced', forced);
    this.warm();
    dialog.showModal();
    this.#shown = true;
    input.focus();
    input.select();
    if (!this.#query) this.#start();
    this.#host.dispatchEvent(new CustomEvent('crossglot-open', { bubbles: true }));
  }

  close(): void {
    this.#view.dialog.close();
    this.#closed();
  }

  /** After our own close(), and after the browser's, whose event comes late: does its work once. */
  #closed(): void {
    if (!this.#shown || this.isOpen) return;
    this.#shown = false;
    this.#entered = undefined;
    clearTimeout(this.#statusTimer);
    this.#view.status.textContent = '';
    // The browser gives the focus back to what had it; where nothing had, the button is the place.
    const { activeElement } = this.#host.getRootNode() as Document | ShadowRoot;
    if (!activeElement || activeElement === document.body || activeElement === this.#host) this.#trigger.focus();
    this.#host.dispatchEvent(new CustomEvent('crossglot-close', { bubbles: true }));
  }

  remove(): void {
    this.#searcher.remove();
    clearTimeout(this.#statusTimer);
    this.#view.dialog.remove();
  }

  #listen(): void {
    const { dialog, input, clear, close, list } = this.#view;
    dialog.addEventListener('close', () => this.#closed());
    dialog.addEventListener('pointerdown', (event) => { if (event.target === dialog) this.close(); });
    dialog.addEventListener('keydown', (event) => this.#onKey(event));
    input.addEventListener('input', () => this.#onInput());
    input.addEventListener('compositionstart', () => { this.#composing = true; });
    input.addEventListener('compositionend', (event) => {
      this.#composing = false;
      this.#composedAt = event.timeStamp;
      this.#onInput();
    });
    clear.addEventListener('click', () => {
      input.value = '';
      input.focus();
      this.#onInput();
    });
    close.addEventListener('click', () => this.close());
    list.addEventListener('click', (event) => this.#onClick(event));
  }

  #onInput(): void {
    const { input, clear } = this.#view;
    clear.hidden = input.value === '';
    const query = input.value.trim();
    if (query === this.#query) return;
    this.#query = query;
    this.#entered = undefined;
    this.#list.release();
    this.#searcher.search(query, this.#composing);
    if (!query) this.#start();
  }

  #onKey(event: KeyboardEvent): void {
    // An input method's own keys: choosing and confirming characters.
    if (event.isComposing || event.keyCode === 229) return;
    if (event.key === 'Escape') {
      event.preventDefault();
      this.close();
      return;
    }
    if (event.composedPath()[0] !== this.#view.input || event.altKey) return;
    const modified = event.ctrlKey || event.metaKey || event.shiftKey;
    if (event.key === 'Enter') {
      event.preventDefault();
      if (event.timeStamp - this.#composedAt > COMPOSED_MS) this.#enter(event);
    } else if (!modified && this.#move(event.key)) {
      event.preventDefault();
    }
  }

  #move(key: string): boolean {
    switch (key) {
      case 'ArrowDown': this.#list.step(1); return true;
      case 'ArrowUp': this.#list.step(-1); return true;
      case 'PageDown': this.#list.page(1); return true;
      case 'PageUp': this.#list.page(-1); return true;
      default: return false;
    }
  }

  #enter(event: KeyboardEvent): void {
    // Rows of the query before are not what the reader means; a row chosen among them is.
    if (this.#searcher.pending && !this.#view.input.hasAttribute('aria-activedescendant')) {
      this.#entered = event;
      return;
    }
    const target = this.#list.target;
    if (!target || this.#view.list.hidden) return;
    if (event.ctrlKey || event.metaKey || event.shiftKey) globalThis.open(target.href, '_blank', 'noopener');
    else if (this.#navigate(target.href, event)) location.assign(target.href);
  }

  #onClick(event: MouseEvent): void {
    const link = (event.target as Element).closest('a');
    if (!link || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    if (!this.#navigate(link.href, event)) event.preventDefault();
  }

  /** Says where this tab is about to go and closes; false when somebody else goes there. */
  #navigate(url: string, sourceEvent: Event): boolean {
    const detail: NavigateDetail = { url, sourceEvent };
    const event = new CustomEvent('navigate', { detail, bubbles: true, composed: true, cancelable: true });
    const follow = this.#host.dispatchEvent(event);
    this.close();
    return follow;
  }

  // --- States: data-state on the dialog. Each shows either the list or a message in its place. data-query names the
  // query whose answer stands, data-tiers what took part in it.

  #start(): void {
    this.#list.clear();
    const { strings } = this.#phrases;
    const languages = el('ul', { class: 'languages' });
    this.#say('start', notice(icon(SEARCH, 'large'), strings.start, languages), '');
    this.#searcher.index().then((index) => {
      if (index.languages.length < 2) return;
      languages.replaceChildren(...index.languages.map(({ lang }) =>
        el('li', { lang, dir: 'auto' }, ownName(lang))));
    }, () => undefined);
  }

  #wait(): void {
    this.#view.dialog.classList.add('waiting');
    this.#view.list.setAttribute('aria-busy', 'true');
    this.#announce(this.#phrases.strings.loading);
    if (this.#view.list.hidden) this.#say('loading', skeleton(), this.#phrases.strings.loading);
  }

  #show(results: SearchResults, query: string): void {
    this.#unwait();
    const { list, message, input, dialog } = this.#view;
    const root = siteRoot(this.#host.folder);
    this.#list.show(results, { phrases: this.#phrases, lang: this.#lang, root }, this.#answered === query);
    this.#answered = query;
    this.#note(results);
    list.hidden = false;
    message.hidden = true;
    message.replaceChildren();
    input.setAttribute('aria-expanded', 'true');
    dialog.dataset['state'] = 'results';
  }

  #settle(results: SearchResults, query: string): void {
    this.#unwait();
    const { dataset } = this.#view.dialog;
    dataset['query'] = query;
    dataset['tiers'] = String(results.tiers);
    const { strings } = this.#phrases;
    if (results.hits.length === 0) {
      this.#list.clear();
      const hint = el('p', {}, strings.noneHint);
      const title = fill(strings.none, { query });
      this.#say('none', notice(icon(NOTHING, 'large'), title, hint), title);
      return;
    }
    const count = this.#phrases.count(results.total);
    this.#view.count.textContent = count;
    this.#announce([count, ...notes(results, this.#phrases)].join('. '));
    if (this.#entered) this.#enter(this.#entered);
  }

  #fail(error: SearchError, query: string): void {
    this.#unwait();
    this.#view.dialog.dataset['query'] = query;
    this.#list.clear();
    const { strings } = this.#phrases;
    const retry = el('button', { type: 'button', class: 'retry' }, strings.retry);
    retry.addEventListener('click', () => {
      this.#view.input.focus();
      this.#searcher.search(this.#query, false, 0);
    });
    const detail = el('p', { class: 'detail', lang: 'en', dir: 'ltr' }, error.message);
    this.#say('failed', notice(icon(FAILED, 'large'), strings.failed, el('p', {}, strings.failedHint), detail, retry),
      strings.failed);
  }

  #unwait(): void {
    this.#view.dialog.classList.remove('waiting');
    this.#view.list.removeAttribute('aria-busy');
  }

  #say(state: string, content: Node, spoken: string): void {
    const { list, message, notes: line, input, count, dialog } = this.#view;
    if (state !== 'loading') this.#unwait();
    list.hidden = true;
    line.hidden = true;
    count.textContent = '';
    message.hidden = false;
    message.replaceChildren(content);
    input.setAttribute('aria-expanded', 'false');
    dialog.dataset['state'] = state;
    this.#announce(spoken);
  }

  #note(results: SearchResults): void {
    const lines = notes(results, this.#phrases);
    this.#view.notes.replaceChildren(...lines.map((line) => el('p', { dir: 'auto' }, line)));
    this.#view.notes.hidden = lines.length === 0;
  }

  #announce(text: string): void {
    clearTimeout(this.#statusTimer);
    this.#statusTimer = setTimeout(() => {
      const { status } = this.#view;
      // What a later answer says again is not news.
      if (status.textContent !== text) status.textContent = text;
    }, STATUS_MS);
  }
}

/** What the reader should know about how the query was taken. */
function notes(results: SearchResults, { strings }: Phrases): string[] {
  const lines: string[] = [];
  if (results.corrected.length > 0) {
    lines.push(fill(strings.corrected, { to: results.corrected.map(({ to }) => to).join(' ') }));
  }
  // What is found by its meaning was not missed.
  const missed = results.tiers.includes('dense') ? [] : results.dropped;
  if (missed.length > 0) lines.push(fill(strings.dropped, { words: missed.join(', ') }));
  return lines;
}
