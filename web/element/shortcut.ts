/** Key combinations out of an attribute: "mod+k" (Ctrl, on Apple's systems Command), "/", several with a space. */

export interface Shortcut {
  readonly key: string;
  readonly mod: boolean;
  readonly shift: boolean;
  readonly alt: boolean;
}

export const isApple = (): boolean => /Mac|iPhone|iPad/.test(navigator.platform);

export function parseShortcuts(text: string): Shortcut[] {
  return text.toLowerCase().split(/\s+/).filter(Boolean).map((combination) => {
    const parts = combination.split('+');
    const key = parts.pop() || '+';
    const has = (name: string) => parts.includes(name);
    return { key, mod: has('mod') || has('ctrl') || has('cmd'), shift: has('shift'), alt: has('alt') };
  });
}

export function matches(shortcut: Shortcut, event: KeyboardEvent): boolean {
  const mod = isApple() ? event.metaKey : event.ctrlKey;
  const otherMod = isApple() ? event.ctrlKey : event.metaKey;
  // A single character such as "/" needs Shift on some layouts, and the character says so itself.
  const shiftAsNeeded = shortcut.mod ? event.shiftKey === shortcut.shift : true;
  return event.key.toLowerCase() === shortcut.key && mod === shortcut.mod && !otherMod
    && event.altKey === shortcut.alt && shiftAsNeeded;
}

/** As shown on the button: "Ctrl K", "⌘ K", "/". */
export function keysOf({ key, mod, shift, alt }: Shortcut): string[] {
  const apple = isApple();
  const keys = [mod && (apple ? '⌘' : 'Ctrl'), alt && (apple ? '⌥' : 'Alt'), shift && (apple ? '⇧' : 'Shift')];
  return [...keys.filter((name) => name !== false), key.length === 1 ? key.toUpperCase() : key];
}

/** For aria-keyshortcuts. */
export function ariaKeys({ key, mod, shift, alt }: Shortcut): string {
  const names = [mod && (isApple() ? 'Meta' : 'Control'), alt && 'Alt', shift && 'Shift', key.toUpperCase()];
  return names.filter(Boolean).join('+');
}

/** Whether keys typed at the event's target go into text. */
export function isEditable(event: Event): boolean {
  const target = event.composedPath()[0];
  return target instanceof HTMLElement
    && (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName));
}
