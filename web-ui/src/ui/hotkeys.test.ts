import { afterEach, describe, expect, it, vi } from 'vitest';
import { type Hotkey, handle, register, setSingleKeys } from './hotkeys';

const press = (key: string, target: HTMLElement = document.body, more: KeyboardEventInit = {}) => {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more });
  Object.defineProperty(event, 'target', { value: target });
  handle(event);
  return event;
};
const hotkey = (keys: string, run: () => void, more: Partial<Hotkey> = {}): Hotkey => ({
  keys,
  label: keys,
  group: 'Test',
  run,
  ...more,
});

let removals: (() => void)[] = [];
const add = (...hotkeys: Hotkey[]) => removals.push(register(hotkeys));

afterEach(() => {
  removals.forEach((remove) => remove());
  removals = [];
  document.body.replaceChildren();
  setSingleKeys(true);
  vi.useRealTimers();
});

describe('hotkeys', () => {
  it('run, the newest of two for the same key', () => {
    const old = vi.fn();
    const newer = vi.fn();
    add(hotkey('j', old));
    add(hotkey('j', newer));
    expect(press('j').defaultPrevented).toBe(true);
    expect(newer).toHaveBeenCalledOnce();
    expect(old).not.toHaveBeenCalled();
  });

  it('of two keys are pressed one soon after the other', () => {
    vi.useFakeTimers();
    const issues = vi.fn();
    add(hotkey('g i', issues));
    press('g');
    press('i');
    expect(issues).toHaveBeenCalledOnce();
    press('g');
    vi.advanceTimersByTime(1_000);
    press('i');
    expect(issues).toHaveBeenCalledOnce();
  });

  it('leave alone who types', () => {
    const run = vi.fn();
    const palette = vi.fn();
    add(hotkey('j', run), hotkey('mod+k', palette, { whileTyping: true }));
    const input = document.createElement('input');
    press('j', input);
    expect(run).not.toHaveBeenCalled();
    press('k', input, { ctrlKey: true });
    expect(palette).toHaveBeenCalledOnce();
  });

  it('do nothing below a dialog', () => {
    const run = vi.fn();
    add(hotkey('j', run));
    const dialog = document.createElement('div');
    dialog.className = 'dialog';
    document.body.append(dialog);
    press('j');
    expect(run).not.toHaveBeenCalled();
  });

  it('leave Enter to a button that has the focus', () => {
    const run = vi.fn();
    add(hotkey('Enter', run));
    press('Enter', document.createElement('button'));
    expect(run).not.toHaveBeenCalled();
    press('Enter');
    expect(run).toHaveBeenCalledOnce();
  });

  it('can be switched off, but for those with a modifier', () => {
    const run = vi.fn();
    add(hotkey('j', run), hotkey('mod+k', run));
    setSingleKeys(false);
    press('j');
    expect(run).not.toHaveBeenCalled();
    press('k', document.body, { metaKey: true });
    expect(run).toHaveBeenCalledOnce();
  });
});
