import { useSyncExternalStore } from 'react';

export type Theme = 'system' | 'light' | 'dark';
export type Density = 'comfortable' | 'compact';
export interface Look {
  theme: Theme;
  density: Density;
}

/** The same that theme.js reads before the first paint. */
const KEY = 'resentry.look';
const listeners = new Set<() => void>();
let look = read();

function read(): Look {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<Look>;
    return {
      theme: kept.theme === 'light' || kept.theme === 'dark' ? kept.theme : 'system',
      density: kept.density === 'compact' ? 'compact' : 'comfortable',
    };
  } catch {
    return { theme: 'system', density: 'comfortable' };
  }
}

export function setLook(change: Partial<Look>): void {
  look = { ...look, ...change };
  localStorage.setItem(KEY, JSON.stringify(look));
  const root = document.documentElement;
  if (look.theme === 'system') delete root.dataset['theme'];
  else root.dataset['theme'] = look.theme;
  if (look.density === 'compact') root.dataset['density'] = 'compact';
  else delete root.dataset['density'];
  listeners.forEach((listener) => listener());
}

/** How pages look, on this device. */
export function useLook(): Look {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => look,
  );
}
