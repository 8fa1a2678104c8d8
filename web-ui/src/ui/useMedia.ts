import { useSyncExternalStore } from 'react';

export const PHONE = '(max-width: 759px)';
export const DESK = '(min-width: 1100px)';

/** Whether the window fits a media query, now and after each change. */
export function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (changed) => {
      const media = window.matchMedia(query);
      media.addEventListener('change', changed);
      return () => media.removeEventListener('change', changed);
    },
    () => window.matchMedia(query).matches,
  );
}
