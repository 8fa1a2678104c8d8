import { useEffect, useRef, useSyncExternalStore } from 'react';

export interface Hotkey {
  /** Keys as people press them: "j", "g i" one after the other, "mod+k" with Ctrl or ⌘. */
  keys: string;
  /** What it does. The help and the palette show it. */
  label: string;
  /** The heading in the help. */
  group: string;
  run: () => void;
  /** Works while typing too; for what is pressed with Ctrl or ⌘. */
  whileTyping?: boolean;
}

const CHORD_MILLIS = 900;
const OFF_KEY = 'resentry.singleKeys';
const OVERLAYS = '.dialog, [role="menu"], [role="listbox"]';

/** Newest last; of two for the same keys the newest wins. */
let registered: Hotkey[] = [];
const listeners = new Set<() => void>();
let first = '';
let firstAt = 0;

function changed(): void {
  listeners.forEach((listener) => listener());
}

/** Adds hotkeys until the returned function is called. */
export function register(hotkeys: readonly Hotkey[]): () => void {
  registered = [...registered, ...hotkeys];
  changed();
  return () => {
    registered = registered.filter((hotkey) => !hotkeys.includes(hotkey));
    changed();
  };
}

export function singleKeysOn(): boolean {
  return localStorage.getItem(OFF_KEY) !== 'off';
}

/** Single keys can be switched off, as some people's input devices press them by accident (WCAG 2.1.4). */
export function setSingleKeys(on: boolean): void {
  localStorage.setItem(OFF_KEY, on ? 'on' : 'off');
  changed();
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return target.type !== 'checkbox' && target.type !== 'radio';
  return (
    target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement || target.isContentEditable
  );
}

/** Enter and Space belong to what has the focus, if that does something with them. */
function belongsToFocus(event: KeyboardEvent): boolean {
  if (event.key !== 'Enter' && event.key !== ' ') return false;
  return event.target instanceof HTMLElement && event.target.closest('button, a, summary, input') !== null;
}

function nameOf(event: KeyboardEvent): string {
  const key = event.key === ' ' ? 'Space' : event.key;
  return event.ctrlKey || event.metaKey ? `mod+${key.toLowerCase()}` : key;
}

function find(keys: string): Hotkey | undefined {
  return registered.findLast((hotkey) => hotkey.keys === keys);
}

export function handle(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing || event.altKey) return;
  const name = nameOf(event);
  const withModifier = name.startsWith('mod+');
  if (!withModifier && (isTyping(event.target) || belongsToFocus(event) || !singleKeysOn())) return;
  if (!withModifier && document.querySelector(OVERLAYS)) return;
  const chord = Date.now() - firstAt < CHORD_MILLIS ? find(`${first} ${name}`) : undefined;
  const found = chord ?? find(name);
  first = '';
  if (found) {
    if (isTyping(event.target) && !found.whileTyping) return;
    event.preventDefault();
    found.run();
  } else if (registered.some((hotkey) => hotkey.keys.startsWith(`${name} `))) {
    first = name;
    firstAt = Date.now();
  }
}

/** Registers hotkeys as long as the caller is on the page. What they run may change without registering anew. */
export function useHotkeys(hotkeys: readonly Hotkey[]): void {
  const latest = useRef(hotkeys);
  useEffect(() => {
    latest.current = hotkeys;
  });
  const signature = hotkeys.map((hotkey) => `${hotkey.keys}\t${hotkey.label}\t${hotkey.group}`).join('\n');
  useEffect(
    () =>
      register(
        latest.current.map((hotkey) => ({
          ...hotkey,
          run: () => latest.current.find((now) => now.keys === hotkey.keys)?.run(),
        })),
      ),
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- the signature stands for all of the hotkeys
    [signature],
  );
}

/** All hotkeys of what is on the page now, the newest first. */
export function useRegistered(): readonly Hotkey[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => registered,
  );
}

/** How a key is written on its cap. */
export function capsOf(keys: string): string[] {
  const mac = /Mac|iPhone|iPad/.test(navigator.userAgent);
  return keys
    .split(' ')
    .map((key) => key.replace('mod+', mac ? '⌘' : 'Ctrl ').replace(/(?<=⌘|Ctrl )./, (c) => c.toUpperCase()));
}
