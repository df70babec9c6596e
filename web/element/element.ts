/**
 * <crossglot-search>: a button that opens a search dialog over the page.
 *
 * Only the button is here. What the dialog needs (panel.js, its words in the reader's language, worker, core, index) is loaded from the bundle's folder
 * at the first sign of intent: focus, pointer or key.
 */
import { runtimeUrl } from '../protocol/build_id.js';
import type { SearchIndex } from '../protocol/types.js';
import { el, icon } from './dom.js';
import { SEARCH } from './icons.js';
import { directionOf, pageLanguage, searchWord } from './page.js';
import { ariaKeys, isEditable, keysOf, matches, parseShortcuts, type Shortcut } from './shortcut.js';
import { tableName } from './strings/names.js';
import type { Strings } from './strings/table.js';
import { triggerSheet } from './trigger_styles.js';

/** Detail of the `navigate` event. */
export interface NavigateDetail {
  /** Absolute address that is about to open in this tab. */
  readonly url: string;
  /** The click or key press behind it. */
  readonly sourceEvent: Event;
}

/** What panel.ts gives. */
export interface SearchPanel {
  readonly isOpen: boolean;
  /** Starts worker and index, so that the first key press finds them there. */
  warm(): void;
  open(): void;
  close(): void;
  /** Takes the dialog out of the page and frees what it holds. */
  remove(): void;
}

const OBSERVED = ['shortcut', 'lang', 'placeholder', 'src', 'model'] as const;
const DEFAULT_SHORTCUT = 'mod+k';

// Servers that render pages import this file too; there is no HTMLElement there.
const Base = globalThis.HTMLElement ?? (class {} as typeof HTMLElement);

/**
 * @element crossglot-search
 *
 * @attr src          Folder of the bundle, relative to the document. Default: where the script came from.
 * @attr model        "none": words alone. A folder: another model pack's than the one that lies beside the bundle.
 * @attr lang         The reader's language. Default: that of the nearest ancestor, then the document's.
 * @attr shortcut     Keys that open and close the dialog, several with a space between: "mod+k /". Default "mod+k";
 *                    empty: none. Keys without modifiers only open, and never while text is being typed.
 * @attr theme        "light", "dark" or "auto" (default: what the page shows).
 * @attr placeholder  Text of the empty input.
 * @attr limit        Rows at most. Default 10.
 *
 * @prop {SearchIndex | undefined} index  An index to ask instead of the bundle in `src`.
 *
 * @fires navigate    CustomEvent<NavigateDetail>, bubbles, composed, cancelable: before a result opens in this tab.
 *                    A router calls preventDefault() and goes there itself.
 * @fires crossglot-open, crossglot-close   CustomEvent, bubbles: the dialog opened or closed.
 *
 * @slot              Text of the button. Default: "Search" in the reader's language.
 *
 * @csspart trigger   The button.                @csspart label     Its text.
 * @csspart dialog    The dialog.                @csspart input     The text field.
 * @csspart list      The list of results.       @csspart option    A row: a page or one of its sections.
 * @csspart mark      Emphasised words.          @csspart badge     The language of a row in another language.
 * @csspart footer    Keys and count.
 *
 * @cssprop --crossglot-background, --crossglot-text, --crossglot-accent, --crossglot-border  Colours. Default: those
 *          of Starlight, VitePress, Docusaurus or Material where the page has them, else a light or dark set.
 * @cssprop --crossglot-font, --crossglot-radius, --crossglot-width
 */
export class CrossglotSearch extends Base {
  static readonly observedAttributes = OBSERVED;

  #index: SearchIndex | undefined;
  #panel: SearchPanel | undefined;
  #loading: Promise<SearchPanel> | undefined;
  #shortcuts: Shortcut[] = [];
  #listeners: AbortController | undefined;
  readonly #label = el('slot', { part: 'label', class: 'label' });
  readonly #keys = el('span', { class: 'keys', 'aria-hidden': 'true' });
  readonly #trigger = el('button', { type: 'button', part: 'trigger', 'aria-haspopup': 'dialog' },
    icon(SEARCH, 'search'), this.#label, this.#keys);

  constructor() {
    super();
    const root = this.attachShadow({ mode: 'open' });
    root.adoptedStyleSheets = [triggerSheet()];
    root.append(this.#trigger);
  }

  connectedCallback(): void {
    const listeners = new AbortController();
    const { signal } = listeners;
    const warm = () => void this.#load().then((panel) => panel.warm(), () => undefined);
    this.#listeners = listeners;
    this.#trigger.addEventListener('click', () => this.open(), { signal });
    for (const intent of ['focus', 'pointerenter', 'pointerdown']) {
      this.#trigger.addEventListener(intent, warm, { signal });
    }
    document.addEventListener('keydown', (event) => this.#onKey(event), { signal });
    this.#describe();
  }

  disconnectedCallback(): void {
    this.#listeners?.abort();
    this.#reset();
  }

  attributeChangedCallback(name: string): void {
    if (!this.#listeners) return;
    if (name !== 'shortcut') this.#reset();
    this.#describe();
  }

  get index(): SearchIndex | undefined {
    return this.#index;
  }

  set index(index: SearchIndex | undefined) {
    this.#index = index;
    this.#reset();
  }

  /** Folder of the bundle, with a slash at its end. */
  get folder(): URL {
    const src = this.getAttribute('src');
    const folder = src ? new URL(src, document.baseURI) : new URL('.', import.meta.url);
    folder.search = '';
    if (!folder.pathname.endsWith('/')) folder.pathname += '/';
    return folder;
  }

  /** Whether the dialog is open. */
  get isOpen(): boolean {
    return this.#panel?.isOpen ?? false;
  }

  open(): void {
    void this.#load().then((panel) => panel.open(), (error) => {
      // Without its code there is no dialog to say so in.
      console.error('crossglot: the search dialog could not be loaded', error);
    });
  }

  close(): void {
    this.#panel?.close();
  }

  #load(): Promise<SearchPanel> {
    this.#loading ??= this.#createPanel();
    this.#loading.catch(() => { this.#loading = undefined; });
    return this.#loading;
  }

  async #createPanel(): Promise<SearchPanel> {
    const table = tableName(pageLanguage(this));
    const [{ createPanel }, words] = await Promise.all([
      this.#import<typeof import('./panel.js')>('panel.js'),
      // Without its words the dialog speaks English.
      table && this.#import<{ readonly default: Strings }>(`strings/${table}.js`).catch(() => undefined),
    ]);
    this.#panel ??= createPanel(this, this.#trigger, words ? words.default : undefined);
    return this.#panel;
  }

  #import<Module>(name: string): Promise<Module> {
    const url = runtimeUrl(name, this.folder).href;
    return import(/* @vite-ignore */ /* webpackIgnore: true */ url) as Promise<Module>;
  }

  #reset(): void {
    this.#panel?.remove();
    this.#panel = this.#loading = undefined;
  }

  #describe(): void {
    this.#shortcuts = parseShortcuts(this.getAttribute('shortcut') ?? DEFAULT_SHORTCUT);
    const lang = pageLanguage(this);
    const word = searchWord(lang);
    this.#trigger.lang = word.lang;
    this.#trigger.dir = directionOf(this, lang);
    this.#label.textContent = word.text;
    const [first] = this.#shortcuts;
    this.#keys.replaceChildren(...(first ? keysOf(first) : []).map((key) => el('kbd', {}, key)));
    this.#trigger.setAttribute('aria-keyshortcuts', this.#shortcuts.map(ariaKeys).join(' '));
  }

  #onKey(event: KeyboardEvent): void {
    const shortcut = this.#shortcuts.find((candidate) => matches(candidate, event));
    if (!shortcut || event.defaultPrevented || event.isComposing) return;
    if (this.isOpen ? !shortcut.mod : isEditable(event)) return;
    event.preventDefault();
    if (this.isOpen) this.close();
    else this.open();
  }
}
